using System.Collections.Concurrent;

namespace Idp.Infrastructure.Kernel.Work;

/// <summary>
/// Wakes the workers of this process when work may have become available. Each pool has signals of its own, so that one that wakes a worker of another pool is not
/// lost. A signal that nobody waits for is kept for the next who does.
/// </summary>
/// <param name="clock">Tells when a waiter has waited long enough.</param>
/// <param name="mostKept">How many signals are kept for a pool; as many as may ever be asleep at once, since those beyond have nobody to wake.</param>
internal sealed class WorkSignal(TimeProvider clock, int mostKept = 256) : IDisposable
{
    /// <summary>Who waits for work of whatever pool.</summary>
    private const string AnyPool = "";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _signals = new(StringComparer.Ordinal);

    /// <summary>Wakes a waiter of every pool.</summary>
    public void Raise()
    {
        Release(Signals(AnyPool));
        foreach (var (pool, signals) in _signals)
        {
            if (pool.Length > 0)
            {
                Release(signals);
            }
        }
    }

    /// <summary>Wakes a waiter of one pool, and one of those who wait for any work.</summary>
    public void Raise(string pool)
    {
        Release(Signals(pool));
        Release(Signals(AnyPool));
    }

    /// <summary>Waits for a signal of any pool, but not longer than <paramref name="atMost"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => WaitAsync(AnyPool, atMost, ct);

    /// <summary>Waits for a signal of a pool, but not longer than <paramref name="atMost"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task WaitAsync(string pool, TimeSpan atMost, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            await Signals(pool).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to look without a signal: other processes add work too, and delays run out in silence.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var signals in _signals.Values)
        {
            signals.Dispose();
        }
    }

    private static void Release(SemaphoreSlim signals)
    {
        try
        {
            signals.Release();
        }
        catch (SemaphoreFullException)
        {
            // As many signals wait as there can be sleepers: each of them wakes anyway.
        }
    }

    private SemaphoreSlim Signals(string pool) => _signals.GetOrAdd(pool, _ => new SemaphoreSlim(0, mostKept));
}
