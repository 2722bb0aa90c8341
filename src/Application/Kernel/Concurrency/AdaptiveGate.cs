using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>A gate that all jobs of one process share.</summary>
public sealed class AdaptiveGate : CallGate
{
    // Timers count in milliseconds: rounding up saves waking too early only to sleep again.
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1);

    private readonly ITimer _timer;
    private readonly long _origin;

    private GateLearning _learning;
    private int _inFlight;
    private long _started;
    private long _tokensStarted;
    private bool _heldByPace;

    /// <summary>Makes a gate.</summary>
    /// <param name="options">What it is told beforehand.</param>
    /// <param name="clock">Time.</param>
    /// <param name="onSignal">Told of everything that makes the gate hold back; called by the thread that reports it, outside locks.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AdaptiveGate(GateOptions options, TimeProvider clock, Action<GateSignal>? onSignal = null)
        : base(options, clock, onSignal)
    {
        _origin = clock.GetTimestamp();
        _learning = GateLearning.Nothing(options);
        _timer = clock.CreateTimer(static state => ((AdaptiveGate)state!).LetIn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public override GateStatus Status
    {
        get
        {
            lock (Sync)
            {
                return new GateStatus(
                    _learning.Limit.Value, _inFlight, Queue.Count, Queue.CountByPriority, _started, RejectedCalls, LateCalls,
                    _learning.Latency, _learning.RequestsPerMinute, _learning.TokensPerMinute, PausedUntil(Now));
            }
        }
    }

    private TimeSpan Now => Clock.GetElapsedTime(_origin);

    /// <inheritdoc />
    public override void Dispose() => _timer.Dispose();

    /// <inheritdoc />
    private protected override GateSignal? End(GatePermit permit, Func<GateLearning, CallEnd, GateLearning> learn, Func<GateLearning, GateSignalKind>? kindOf)
    {
        GateSignal? signal = null;
        lock (Sync)
        {
            var end = new CallEnd(permit.Call, permit.Tokens, _started, _tokensStarted - permit.TokensThrough, _inFlight - 1, _inFlight >= _learning.Limit.Value, Now);
            _learning = learn(_learning, end);
            _inFlight--;
            if (kindOf is not null)
            {
                signal = SignalOf(kindOf(_learning), _learning, PausedUntil(Now));
            }
        }

        LetIn();
        return signal;
    }

    /// <inheritdoc />
    private protected override void LetIn()
    {
        var admitted = new List<(GateWaiter Waiter, GatePermit Permit)>();
        lock (Sync)
        {
            var now = Now;
            while (Queue.First is { } next && _inFlight < _learning.Limit.Value)
            {
                var wait = _learning.Pace.WaitFor(next.Tokens, now);
                if (wait > TimeSpan.Zero)
                {
                    _heldByPace = true;
                    _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestTimer.TotalMilliseconds))) + TimerStep, Timeout.InfiniteTimeSpan);
                    break;
                }

                Queue.Remove(next);
                admitted.Add((next, Start(next, now)));
            }

            _heldByPace = _heldByPace && Queue.Count > 0 && _inFlight < _learning.Limit.Value;
        }

        foreach (var (waiter, permit) in admitted)
        {
            waiter.LetIn(permit);
        }
    }

    private GatePermit Start(GateWaiter waiter, TimeSpan now)
    {
        _inFlight++;
        _started++;
        _tokensStarted += waiter.Tokens;
        var call = new CallStart(_started, _inFlight, now);
        _learning = _learning.Started(call, waiter.Tokens, _heldByPace);
        return new GatePermit(this, call, waiter.Tokens, _tokensStarted);
    }

    private DateTimeOffset? PausedUntil(TimeSpan now) =>
        _learning.Pace.PausedUntil > now ? Clock.GetUtcNow() + (_learning.Pace.PausedUntil - now) : null;
}
