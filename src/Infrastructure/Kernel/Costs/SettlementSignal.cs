namespace Idp.Infrastructure.Kernel.Costs;

/// <summary>
/// Wakes those in this process who wait for money: all of them, because each waits for budgets of its own. A settlement that nobody waits for is kept for the
/// next who does.
/// </summary>
internal sealed class SettlementSignal(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = NewSource();
    private int _waiting;
    private bool _isKept;

    /// <summary>Tells that money may be free.</summary>
    public void Raise()
    {
        lock (_gate)
        {
            if (_waiting == 0)
            {
                _isKept = true;
                return;
            }

            _next.SetResult();
            _next = NewSource();
        }
    }

    /// <summary>Waits for a settlement, but not longer than <paramref name="atMost"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        Task settled;
        lock (_gate)
        {
            ct.ThrowIfCancellationRequested();
            if (_isKept)
            {
                _isKept = false;
                return;
            }

            settled = _next.Task;
            _waiting++;
        }

        try
        {
            await settled.WaitAsync(atMost, clock, ct);
        }
        catch (TimeoutException)
        {
            // Time to ask without a signal: other processes settle too.
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
