using Idp.Domain.Kernel.Work;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// Lets the calls to one provider, with one key and model, begin by priority as fast as the provider takes them. It finds the provider's limits of calls in flight
/// and of rates from answers, latencies and rejections.
/// </summary>
/// <remarks>Safe to call concurrently. Holds no threads: who waits is a task, and time is one timer.</remarks>
public abstract class CallGate : IDisposable
{
    private readonly Action<GateSignal>? _onSignal;
    private long _rateLimited;
    private long _timedOut;

    private protected CallGate(GateOptions options, TimeProvider clock, Action<GateSignal>? onSignal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumLimit, options.MinimumLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FixedLimit ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RequestsPerMinute ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TokensPerMinute ?? 1, 1);
        (Clock, _onSignal) = (clock, onSignal);
    }

    /// <summary>How the gate stands now.</summary>
    public abstract GateStatus Status { get; }

    private protected Lock Sync { get; } = new();

    /// <summary>Who waits; under <see cref="Sync"/>.</summary>
    private protected GateQueue Queue { get; } = new();

    private protected TimeProvider Clock { get; }

    private protected long RejectedCalls => Interlocked.Read(ref _rateLimited);

    private protected long LateCalls => Interlocked.Read(ref _timedOut);

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

        var waiter = new GateWaiter(priority, estimatedTokens, Clock.GetUtcNow());
        waiter.Cancellation = ct.UnsafeRegister((state, token) => Leave((GateWaiter)state!, token), waiter);
        lock (Sync)
        {
            // Cancelled between the two lines above: nobody would take it out of the line again.
            if (ct.IsCancellationRequested)
            {
                return Task.FromCanceled<GatePermit>(ct);
            }

            Queue.Add(waiter);
        }

        LetIn();
        return waiter.Entry;
    }

    /// <inheritdoc />
    public abstract void Dispose();

    internal void Succeeded(GatePermit permit, TimeSpan latency, int actualTokens, ProviderLimits? limits) =>
        End(permit, (learning, end) => learning.Succeeded(end, latency, actualTokens, limits), null);

    internal GateSignal? RateLimited(GatePermit permit, TimeSpan? retryAfter, ProviderLimits? limits)
    {
        Interlocked.Increment(ref _rateLimited);
        return EndWithSignal(permit, (learning, end) => learning.Rejected(end, retryAfter, limits), static learning => learning.LastRejection);
    }

    internal void TimedOut(GatePermit permit)
    {
        Interlocked.Increment(ref _timedOut);
        EndWithSignal(permit, static (learning, end) => learning.TimedOut(end), static _ => GateSignalKind.TimedOut);
    }

    internal void Failed(GatePermit permit) => End(permit, static (learning, end) => learning.Failed(end), null);

    internal void Refused(GatePermit permit) => End(permit, static (learning, _) => learning, null);

    internal void Returned(GatePermit permit) => End(permit, static (learning, end) => learning.Returned(end), null);

    /// <summary>Lets in everybody who may begin now, and sees to it that the next are let in when they may.</summary>
    private protected abstract void LetIn();

    /// <summary>Takes in how a call ended.</summary>
    /// <param name="permit">Of the call.</param>
    /// <param name="learn">What is learned of it.</param>
    /// <param name="kindOf">What it was, where somebody is to be told; else null.</param>
    /// <returns>What to tell; null without <paramref name="kindOf"/>.</returns>
    private protected abstract GateSignal? End(GatePermit permit, Func<GateLearning, CallEnd, GateLearning> learn, Func<GateLearning, GateSignalKind>? kindOf);

    private protected static GateSignal SignalOf(GateSignalKind kind, GateLearning learning, DateTimeOffset? pausedUntil) =>
        new(kind, learning.Limit.Value, pausedUntil, learning.RequestsPerMinute);

    private GateSignal? EndWithSignal(GatePermit permit, Func<GateLearning, CallEnd, GateLearning> learn, Func<GateLearning, GateSignalKind> kindOf)
    {
        var signal = End(permit, learn, kindOf);
        if (signal is not null)
        {
            _onSignal?.Invoke(signal);
        }

        return signal;
    }

    private void Leave(GateWaiter waiter, CancellationToken ct)
    {
        lock (Sync)
        {
            // Let in already: the permit is the caller's to end.
            if (!Queue.Remove(waiter))
            {
                return;
            }
        }

        waiter.TurnAway(ct);
        LetIn();
    }
}
