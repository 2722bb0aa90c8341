using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Extraction;

/// <summary>On whose behalf a document's calls are made, and under which cap.</summary>
internal sealed class DocumentCalls(ICostLedger ledger)
{
    /// <summary>The context of the document's calls; its cap is known to the ledger when this returns.</summary>
    public async Task<CallContext> BeginAsync(Document document, CancellationToken ct)
    {
        var context = CallContext.For(document.Id.ToString(), document.Priority) with { Run = document.RunId.ToString() };
        if (document.BudgetUsd is { } budget)
        {
            await ledger.EnsureCapAsync(BudgetScope.Of(context.Subject), Money.FromDollars(budget), ct);
        }

        return context;
    }
}
