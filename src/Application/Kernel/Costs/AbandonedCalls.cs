using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Costs;

/// <summary>
/// Settles, again and again, the calls that nodes left behind which were lost while this one goes on, so that what such calls had reserved does not stay held until some node starts.
/// </summary>
public sealed class AbandonedCalls(ICallJournal journal, TimeProvider clock, ILogger<AbandonedCalls> logger)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    /// <summary>Looks until cancelled.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store that is away for a while must not end the looking; it is logged.")]
    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LookInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    if (await journal.RecoverAsync(ct) is > 0 and var ended)
                    {
                        logger.CallsSettled(ended);
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.SettlingFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }
}
