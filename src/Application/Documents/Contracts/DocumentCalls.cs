using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Documents.Contracts;

/// <summary>On whose behalf a document's calls are made, and under which cap.</summary>
internal sealed class DocumentCalls(ICostLedger ledger)
{
    /// <summary>The context of the document's calls; its cap is known to the ledger when this returns.</summary>
    public async Task<CallContext> BeginAsync(Document document, CancellationToken ct)
    {
        var subject = document.Id.ToString();
        var batch = document.BatchId?.ToString();
        var scopes = batch is null ? new[] { BudgetScope.Of(subject) } : [BudgetScope.Of(subject), BudgetScope.Of(batch)];
        var context = new CallContext(subject, document.Priority, [.. scopes]) { Batch = batch, Run = document.RunId.ToString() };
        if (document.BudgetUsd is { } budget)
        {
            await ledger.EnsureCapAsync(BudgetScope.Of(context.Subject), Money.FromDollars(budget), ct);
        }

        return context;
    }
}
