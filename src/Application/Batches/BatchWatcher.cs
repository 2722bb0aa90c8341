using System.Diagnostics.CodeAnalysis;
using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Batches;

/// <summary>Reads the event log and brings the batches up to date whose documents changed.</summary>
/// <remarks>Keeps no bookmark: at the start it looks at every batch that has not ended, which covers whatever happened while nobody watched.</remarks>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Watching must outlive a store that is away for a while; each failure is logged.")]
internal sealed class BatchWatcher(
    IBatchRepository batches, BatchSettlement settlement, IEventLog events, TimeProvider clock, ILogger<BatchWatcher> logger)
{
    private const int EventsAtOnce = 1000;

    /// <summary>Pages end many times a second; a batch is brought up to date not more often than this.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.WatchFailed(exception);
                await Task.Delay(AfterFailure, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        var seen = await events.LastSequenceAsync(ct);
        foreach (var id in await batches.ListUnfinishedAsync(ct))
        {
            await settlement.SettleAsync(id, ct);
        }

        while (true)
        {
            var happened = await events.ReadAsync(null, seen, EventsAtOnce, ct);
            if (happened.Count == 0)
            {
                await events.WaitForEventsAsync(seen, ct);
                continue;
            }

            seen = happened[^1].Sequence;
            foreach (var id in happened.Select(static one => one.Batch).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                await settlement.SettleAsync(StrongId.Parse<BatchId>(id), ct);
            }

            await Task.Delay(Pace, clock, ct);
        }
    }
}
