using Idp.Application.Kernel.Caching;

namespace Idp.Application.Kernel.Costs;

/// <summary>
/// Lets a request wait a moment while another process has an equal one under way: what that brings is paid for already. It is under way elsewhere when two nodes read the same page, or
/// when the database was away for longer than a lease, so that another node took the work over while the reply waited to be written down.
/// </summary>
public sealed class CallsElsewhere(ICallJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>A node that is lost never ends its call; whoever took its work over cannot wait until that is certain.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>Looks for an earlier answer, and again while one may still come from elsewhere.</summary>
    /// <param name="key">Stands for the request.</param>
    /// <param name="find">Looks for the answer.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The answer; null when the request is to be made.</returns>
    public async Task<T?> FindAsync<T>(Fingerprint key, Func<CancellationToken, Task<T?>> find, CancellationToken ct)
        where T : class
    {
        var until = clock.GetUtcNow() + LongestWait;
        while (true)
        {
            // Asked before the answer is looked for, so that one that comes in between is found.
            var isUnderWay = await journal.IsUnderWayElsewhereAsync(key, ct);
            if (await find(ct) is { } answer)
            {
                return answer;
            }

            if (!isUnderWay || clock.GetUtcNow() >= until)
            {
                return null;
            }

            await Task.Delay(Pause, clock, ct);
        }
    }
}
