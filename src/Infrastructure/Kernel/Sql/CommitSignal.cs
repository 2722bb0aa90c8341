namespace Idp.Infrastructure.Kernel.Sql;

/// <summary>Tells everyone in this process who waits that a transaction was committed.</summary>
internal sealed class CommitSignal(TimeProvider clock)
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Completes with the next commit.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Tells that a transaction was committed.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    /// <summary>Waits for a commit that was asked for by <see cref="Next"/>, but not longer than <paramref name="atMost"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task WaitAsync(Task commit, TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            await commit.WaitAsync(atMost, clock, ct);
        }
        catch (TimeoutException)
        {
            // Time to look without a signal: other processes commit too.
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
