namespace Idp.Infrastructure.Kernel.Work;

/// <summary>Wakes the workers of this process when work may have become available. A signal that nobody waits for is kept for the next who does.</summary>
internal sealed class WorkSignal(TimeProvider clock) : IDisposable
{
    // More workers than this are never asleep at once; signals beyond it have nobody to wake.
    private const int MostKept = 256;

    private readonly SemaphoreSlim _signals = new(0, MostKept);

    /// <summary>Wakes one waiter.</summary>
    public void Raise()
    {
        try
        {
            _signals.Release();
        }
        catch (SemaphoreFullException)
        {
            // As many signals wait as there can be sleepers: each of them wakes anyway.
        }
    }

    /// <summary>Waits for a signal, but not longer than <paramref name="atMost"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            await _signals.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to look without a signal: other processes add work too, and delays run out in silence.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _signals.Dispose();
}
