using Idp.Domain.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// One gate for one provider key and model, shared by all jobs of the process: lets calls begin by priority as fast as the provider takes
/// them. It finds the provider's limits of calls in flight and of rates from answers, latencies and rejections.
/// </summary>
/// <remarks>Safe to call concurrently. Holds no threads: who waits is a task, and time is one timer.</remarks>
public sealed class AdaptiveGate : IDisposable
{
    // Timers count in milliseconds: rounding up saves waking too early only to sleep again.
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly GateQueue _queue = new();
    private readonly TimeProvider _clock;
    private readonly Action<GateSignal>? _onSignal;
    private readonly ITimer _timer;
    private readonly long _origin;

    private GateLearning _learning;
    private int _inFlight;
    private long _started;
    private long _tokensStarted;
    private long _rateLimited;
    private long _timedOut;
    private bool _heldByPace;

    /// <summary>Makes a gate.</summary>
    /// <param name="options">What it is told beforehand.</param>
    /// <param name="clock">Time.</param>
    /// <param name="onSignal">Told of everything that makes the gate hold back; called by the thread that reports it, outside locks.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AdaptiveGate(GateOptions options, TimeProvider clock, Action<GateSignal>? onSignal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumLimit, options.MinimumLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FixedLimit ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RequestsPerMinute ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TokensPerMinute ?? 1, 1);
        _clock = clock;
        _onSignal = onSignal;
        _origin = clock.GetTimestamp();
        _learning = GateLearning.Nothing(options);
        _timer = clock.CreateTimer(static state => ((AdaptiveGate)state!).LetIn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How the gate stands now.</summary>
    public GateStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new GateStatus(
                    _learning.Limit.Value, _inFlight, _queue.Count, _queue.CountByPriority, _started, _rateLimited, _timedOut,
                    _learning.Latency, _learning.RequestsPerMinute, _learning.TokensPerMinute, PausedUntil(Now));
            }
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Waits for leave to make one call.</summary>
    /// <param name="priority">Who goes first; waiting makes up for a lower priority (<see cref="Ageing"/>). First come, first served inside one.</param>
    /// <param name="estimatedTokens">Tokens that the call will use; at least 0.</param>
    /// <param name="ct">Leaves the line at once.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled before it was this caller's turn.</exception>
    public Task<GatePermit> EnterAsync(Priority priority, int estimatedTokens, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(estimatedTokens);
        if (ct.IsCancellationRequested)
        {
            return Task.FromCanceled<GatePermit>(ct);
        }

        var waiter = new GateWaiter(priority, estimatedTokens, _clock.GetUtcNow());
        waiter.Cancellation = ct.UnsafeRegister((state, token) => Leave((GateWaiter)state!, token), waiter);
        lock (_lock)
        {
            // Cancelled between the two lines above: nobody would take it out of the line again.
            if (ct.IsCancellationRequested)
            {
                return Task.FromCanceled<GatePermit>(ct);
            }

            _queue.Add(waiter);
        }

        LetIn();
        return waiter.Entry;
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    internal void Succeeded(GatePermit permit, TimeSpan latency, int actualTokens, ProviderLimits? limits) =>
        End(permit, (learning, end) => learning.Succeeded(end, latency, actualTokens, limits), null);

    internal GateSignal? RateLimited(GatePermit permit, TimeSpan? retryAfter, ProviderLimits? limits)
    {
        Interlocked.Increment(ref _rateLimited);
        return End(permit, (learning, end) => learning.Rejected(end, retryAfter, limits), static learning => learning.LastRejection);
    }

    internal void TimedOut(GatePermit permit)
    {
        Interlocked.Increment(ref _timedOut);
        End(permit, static (learning, end) => learning.TimedOut(end), static _ => GateSignalKind.TimedOut);
    }

    internal void Failed(GatePermit permit) => End(permit, static (learning, end) => learning.Failed(end), null);

    internal void Returned(GatePermit permit) => End(permit, static (learning, end) => learning.Returned(end), null);

    private GateSignal? End(GatePermit permit, Func<GateLearning, CallEnd, GateLearning> learn, Func<GateLearning, GateSignalKind>? kindOf)
    {
        GateSignal? signal = null;
        lock (_lock)
        {
            var end = new CallEnd(permit.Call, permit.Tokens, _started, _tokensStarted - permit.TokensThrough, _inFlight - 1, _inFlight >= _learning.Limit.Value, Now);
            _learning = learn(_learning, end);
            _inFlight--;
            if (kindOf is not null)
            {
                signal = new GateSignal(kindOf(_learning), _learning.Limit.Value, PausedUntil(Now), _learning.RequestsPerMinute);
            }
        }

        LetIn();
        if (signal is not null)
        {
            _onSignal?.Invoke(signal);
        }

        return signal;
    }

    private void Leave(GateWaiter waiter, CancellationToken ct)
    {
        lock (_lock)
        {
            // Let in already: the permit is the caller's to end.
            if (!_queue.Remove(waiter))
            {
                return;
            }
        }

        waiter.TurnAway(ct);
        LetIn();
    }

    /// <summary>Lets in everybody who may begin now, and sets the timer for the next.</summary>
    private void LetIn()
    {
        var admitted = new List<(GateWaiter Waiter, GatePermit Permit)>();
        lock (_lock)
        {
            var now = Now;
            while (_queue.First is { } next && _inFlight < _learning.Limit.Value)
            {
                var wait = _learning.Pace.WaitFor(next.Tokens, now);
                if (wait > TimeSpan.Zero)
                {
                    _heldByPace = true;
                    _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestTimer.TotalMilliseconds))) + TimerStep, Timeout.InfiniteTimeSpan);
                    break;
                }

                _queue.Remove(next);
                admitted.Add((next, Start(next, now)));
            }

            _heldByPace = _heldByPace && _queue.Count > 0 && _inFlight < _learning.Limit.Value;
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
        _learning.Pace.PausedUntil > now ? _clock.GetUtcNow() + (_learning.Pace.PausedUntil - now) : null;
}
