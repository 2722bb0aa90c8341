using Idp.Application.Batches.Ports;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Batches;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Batches;

/// <summary>A batch with everything that is shown of it.</summary>
/// <param name="Batch">The batch as it was settled last, with the progress of this moment.</param>
/// <param name="Files">The verdicts on its files; null in lists.</param>
/// <param name="Cost">What its documents cost so far, deleted ones included.</param>
/// <param name="Cap">The cap of its own; null for none.</param>
/// <param name="Progress">How far its documents are; null in lists, and while there are none.</param>
public sealed record BatchOverview(Batch Batch, ValueList<BatchFile>? Files, CostSummary Cost, Money? Cap, BatchProgress? Progress);

/// <summary>Puts together what the parts of the service know of batches.</summary>
internal sealed class BatchOverviews(IBatchRepository batches, IBatchDocuments documents, ICostLedger ledger)
{
    /// <summary>Everything about one batch.</summary>
    public async Task<BatchOverview> OfAsync(Batch batch, CancellationToken ct)
    {
        var members = await documents.ListAsync(batch.Id, ct);
        var files = await batches.FilesOfAsync(batch.Id, ct);
        var progress = BatchProgress.Of(members);

        // Status and counts as settled: they change together with the events that tell of it.
        var current = batch.HasEnded ? batch : batch with { Percent = Math.Min(99, Math.Max(batch.Percent, progress.Percent)) };
        return (await SummaryOfAsync(current, ct)) with { Files = files, Progress = progress };
    }

    /// <summary>What a list shows.</summary>
    public async Task<BatchOverview> SummaryOfAsync(Batch batch, CancellationToken ct)
    {
        var scope = BudgetScope.Of(batch.Id.ToString());
        var cost = await ledger.CostOfAsync(batch.Id.ToString(), ct);
        var caps = await ledger.OwnCapsAsync([scope], ct);
        return new BatchOverview(batch, null, cost, caps.TryGetValue(scope, out var cap) ? cap : Money.CapOf(batch.BudgetUsd), null);
    }
}
