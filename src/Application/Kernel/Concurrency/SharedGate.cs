using System.Diagnostics.CodeAnalysis;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// A gate that several nodes share: calls begin when the shared state lets them, and what is learned of them is learned by all. This node speaks with the state when
/// a caller comes or a call ends, for all of them at once, one message after the other. Without the state no call begins; calls in flight go on.
/// </summary>
public sealed class SharedGate : CallGate
{
    /// <summary>From one message to the next, so that what happens in between is said at once.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);
    private const int MostInOneMessage = 64;

    private readonly ProviderGateKey _key;
    private readonly GateOptions _options;
    private readonly ISharedGates _gates;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private readonly List<EndedCall> _ended = [];

    private SharedGateState _known;
    private long _knownSince;
    private long _spokeAt;
    private int _inFlight;
    private long _started;
    private long _endsTaken;
    private bool _hasSpoken;
    private bool _isSpeaking;
    private bool _hasMoreToSay;
    private bool _isDisposed;

    /// <summary>Makes a gate.</summary>
    /// <param name="key">Which gate.</param>
    /// <param name="options">What it is told beforehand; all nodes should say the same.</param>
    /// <param name="gates">Where the nodes keep it.</param>
    /// <param name="clock">Time of this node, for waiting.</param>
    /// <param name="onSignal">Told of everything on this node that makes the gate hold back; called by the thread that reports it, outside locks.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SharedGate(ProviderGateKey key, GateOptions options, ISharedGates gates, TimeProvider clock, Action<GateSignal>? onSignal = null)
        : base(options, clock, onSignal)
    {
        (_key, _options, _gates, _stop) = (key, options, gates, _stopping.Token);
        _known = SharedGateState.Read(null, options, TimeSpan.Zero);
        _knownSince = clock.GetTimestamp();
        _timer = clock.CreateTimer(static state => ((SharedGate)state!).LetIn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _gates.Told += AskIfSomebodyWaits;
    }

    /// <inheritdoc />
    public override GateStatus Status
    {
        get
        {
            lock (Sync)
            {
                var elsewhere = Elsewhere.ToList();
                return new GateStatus(
                    _known.Learning.Limit.Value, _inFlight, Queue.Count, Queue.CountByPriority, _started, RejectedCalls, LateCalls,
                    _known.Learning.Latency, _known.Learning.RequestsPerMinute, _known.Learning.TokensPerMinute, PausedUntil(_known.Learning))
                {
                    Elsewhere = new GateElsewhere(
                        elsewhere.Count(static share => share.InFlight + share.Waiting > 0), elsewhere.Sum(static share => share.InFlight),
                        elsewhere.Sum(static share => share.Waiting)),
                };
            }
        }
    }

    /// <summary>The time of the store, as far as known.</summary>
    private TimeSpan Now => _known.AsOf + Clock.GetElapsedTime(_knownSince);

    private IEnumerable<NodeShare> Elsewhere
    {
        get
        {
            var silentSince = Now - SharedGateState.Lease;
            return _known.Nodes.Where(share => share.Node != _gates.Node && share.SeenAt > silentSince);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        lock (Sync)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _gates.Told -= AskIfSomebodyWaits;
        _timer.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <inheritdoc />
    private protected override GateSignal? End(GatePermit permit, Func<GateLearning, CallEnd, GateLearning> learn, Func<GateLearning, GateSignalKind>? kindOf)
    {
        GateSignal? signal = null;
        lock (Sync)
        {
            _inFlight--;
            _ended.Add(new EndedCall(permit.Call, permit.Tokens, permit.TokensThrough, learn));
            if (kindOf is not null)
            {
                // What the shared state will make of it, as far as this node can see.
                var inFlight = _inFlight + 1 + Elsewhere.Sum(static share => share.InFlight);
                var learned = learn(_known.Learning, _known.Seen(permit.Call, permit.Tokens, permit.TokensThrough, inFlight, Now));
                signal = SignalOf(kindOf(learned), learned, PausedUntil(learned));
            }
        }

        LetIn();
        return signal;
    }

    /// <inheritdoc />
    private protected override void LetIn()
    {
        lock (Sync)
        {
            if (_isDisposed)
            {
                return;
            }

            if (_isSpeaking)
            {
                _hasMoreToSay = true;
                return;
            }

            var rest = Gathering - Clock.GetElapsedTime(_spokeAt);
            if (_hasSpoken && rest > TimeSpan.Zero)
            {
                WakeAfter(rest);
                return;
            }

            (_isSpeaking, _hasMoreToSay, _hasSpoken, _spokeAt) = (true, false, true, Clock.GetTimestamp());
        }

        _ = SpeakAsync();
    }

    private void AskIfSomebodyWaits()
    {
        lock (Sync)
        {
            if (Queue.Count == 0)
            {
                return;
            }
        }

        LetIn();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever happens to the store, those in line wait on and are asked for again; the store logs its failures.")]
    private async Task SpeakAsync()
    {
        GateWaiter[] next;
        GateRequest request;
        lock (Sync)
        {
            next = [.. Queue.Next(MostInOneMessage)];
            request = new GateRequest(_gates.Node, _inFlight, [.. _ended], _endsTaken, [.. next.Select(static waiter => waiter.Tokens)], Queue.Count);
        }

        try
        {
            SharedGateState? state = null;
            GateGrant? grant = null;
            await _gates.ChangeAsync(
                _key,
                (stored, time) =>
                {
                    (state, grant) = SharedGateState.Read(stored, _options, time).Answer(request, time, _gates.IsGone);
                    return new SharedGateChange(state.Print(), grant.TellsOthers);
                },
                _stop);
            Take(request, next, state!, grant!);
        }
        catch (Exception)
        {
            lock (Sync)
            {
                _isSpeaking = false;
                WakeAfter(AfterFailure);
            }
        }
    }

    private void Take(GateRequest request, GateWaiter[] next, SharedGateState state, GateGrant grant)
    {
        var admitted = new List<(GateWaiter Waiter, GatePermit Permit)>();
        var left = new List<GatePermit>();
        bool hasMoreToSay;
        lock (Sync)
        {
            _ended.RemoveRange(0, request.Ended.Count);
            _endsTaken += request.Ended.Count;
            (_known, _knownSince, _isSpeaking) = (state, Clock.GetTimestamp(), false);
            foreach (var (waiter, begun) in next.Zip(grant.Begun))
            {
                _inFlight++;
                _started++;
                var permit = new GatePermit(this, begun.Call, waiter.Tokens, begun.TokensThrough);
                if (Queue.Remove(waiter))
                {
                    admitted.Add((waiter, permit));
                }
                else
                {
                    left.Add(permit);
                }
            }

            hasMoreToSay = _hasMoreToSay;
            WakeAfter(grant.AskAfter ?? (_inFlight > 0 ? SharedGateState.Renewal : Timeout.InfiniteTimeSpan));
        }

        admitted.ForEach(static entry => entry.Waiter.LetIn(entry.Permit));

        // Whose turn it was left the line meanwhile.
        left.ForEach(static permit => permit.Dispose());
        if (hasMoreToSay)
        {
            LetIn();
        }
    }

    private void WakeAfter(TimeSpan after)
    {
        if (!_isDisposed)
        {
            _timer.Change(after == Timeout.InfiniteTimeSpan ? after : TimeSpan.FromMilliseconds(Math.Ceiling(after.TotalMilliseconds)) + TimerStep, Timeout.InfiniteTimeSpan);
        }
    }

    private DateTimeOffset? PausedUntil(GateLearning learning) => learning.Pace.PausedUntil - Now is { } pause && pause > TimeSpan.Zero ? Clock.GetUtcNow() + pause : null;
}
