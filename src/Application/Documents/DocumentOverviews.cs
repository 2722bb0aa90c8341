using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Documents;

/// <summary>Puts together what the parts of the service know of documents: accounts, costs, caps.</summary>
internal sealed class DocumentOverviews(IDocumentAccounts accounts, ICostLedger ledger)
{
    /// <summary>One document.</summary>
    public async Task<DocumentOverview> OfAsync(Document document, CancellationToken ct) => (await OfAsync([document], ct))[0];

    /// <summary>Several documents, in their order.</summary>
    public async Task<ValueList<DocumentOverview>> OfAsync(ValueList<Document> documents, CancellationToken ct)
    {
        var costs = await ledger.CostsOfAsync([.. documents.Select(static document => document.Id.ToString())], ct);
        var caps = await ledger.OwnCapsAsync([.. documents.Select(static document => BudgetScope.Of(document.Id.ToString()))], ct);
        var overviews = new List<DocumentOverview>();
        foreach (var document in documents)
        {
            var overview = new DocumentOverview(document, await accounts.FindAsync(document.Id, ct))
            {
                Cost = costs.GetValueOrDefault(document.Id.ToString(), CostSummary.Nothing),
            };
            overviews.Add(caps.TryGetValue(BudgetScope.Of(document.Id.ToString()), out var cap) ? overview with { Cap = cap } : overview);
        }

        return overviews.ToValueList();
    }
}
