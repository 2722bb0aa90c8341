namespace Idp.Infrastructure.Kernel.Work;

/// <summary>Wakes the workers of this process when work may have become available. A signal that nobody waits for is kept for the next who does.</summary>
/// <param name="clock">Tells when a waiter has waited long enough.</param>
/// <param name="mostKept">How many signals are kept; as many as may ever be asleep at once, since those beyond have nobody to wake.</param>
internal sealed class WorkSignal(TimeProvider clock, int mostKept = 256) : IDisposable
{
    private readonly SemaphoreSlim _signals = new(0, mostKept);

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
