using Idp.Application.Batches.Ports;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Batches;

/// <summary>
/// Brings a batch up to what its documents are. Safe to do at any time, any number of times and on several nodes at once: the outcome follows
/// from the documents, and of two who write at the same moment one starts over.
/// </summary>
internal sealed class BatchSettlement(IBatchRepository batches, IBatchDocuments documents, TimeProvider clock, ILogger<BatchSettlement> logger)
{
    private const int MaximumTries = 50;

    /// <summary>Stores what the documents make of the batch, and stops them where they must be.</summary>
    /// <returns>The batch as stored; null when there is none.</returns>
    public async Task<Batch?> SettleAsync(BatchId id, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaximumTries; attempt++)
        {
            if (await batches.FindAsync(id, ct) is not { } batch)
            {
                return null;
            }

            var next = batch.With(await documents.ListAsync(id, ct), clock.GetUtcNow());
            if (next.MustStopDocuments(batch))
            {
                logger.DocumentsStopped(id, next.IsCancelRequested);
                await documents.CancelAllAsync(id, ct);
                next = batch.With(await documents.ListAsync(id, ct), clock.GetUtcNow());
            }

            if (next == batch || await batches.SaveAsync(next, [BatchEvents.Changed(next)], ct) is not null)
            {
                LogEnd(batch, next);
                return next;
            }
        }

        throw ChangedByOthers(id);
    }

    /// <summary>Stores that someone stopped the batch, and stops its documents; a crash in between is made good by the next settlement.</summary>
    /// <returns>The batch as stored; null when there is none.</returns>
    public async Task<Batch?> CancelAsync(BatchId id, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaximumTries; attempt++)
        {
            if (await batches.FindAsync(id, ct) is not { } batch)
            {
                return null;
            }

            if (batch.IsCancelRequested || await batches.SaveAsync(batch with { IsCancelRequested = true }, [], ct) is not null)
            {
                return await SettleAsync(id, ct);
            }
        }

        throw ChangedByOthers(id);
    }

    private static InvalidOperationException ChangedByOthers(BatchId id) => new($"Batch {id} was changed by others {MaximumTries} times in a row.");

    private void LogEnd(Batch before, Batch after)
    {
        if (after.HasEnded && !before.HasEnded)
        {
            logger.BatchEnded(after.Id, after.Status, after.Counts.Completed, after.Counts.Partial, after.Counts.Failed, after.Counts.Cancelled);
        }
    }
}
