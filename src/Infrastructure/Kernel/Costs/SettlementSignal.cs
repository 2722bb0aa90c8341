namespace Idp.Infrastructure.Kernel.Costs;

/// <summary>
/// Wakes those in this process who wait for money: all of them, because each waits for budgets of its own. Settlements are counted, so that none is missed between
/// the question and the wait.
/// </summary>
internal sealed class SettlementSignal(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = NewSource();
    private long _count;

    /// <summary>How many settlements there were; to be read before the budgets are asked.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Tells that money may be free.</summary>
    public void Raise()
    {
        lock (_gate)
        {
            _count++;
            _next.SetResult();
            _next = NewSource();
        }
    }

    /// <summary>Waits for a settlement after the first <paramref name="since"/>, but not longer than <paramref name="atMost"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task WaitAsync(long since, TimeSpan atMost, CancellationToken ct)
    {
        Task settled;
        lock (_gate)
        {
            ct.ThrowIfCancellationRequested();
            if (_count > since)
            {
                return;
            }

            settled = _next.Task;
        }

        try
        {
            await settled.WaitAsync(atMost, clock, ct);
        }
        catch (TimeoutException)
        {
            // Time to ask without a signal: other processes settle too.
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
