using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>Answers what Documents asks about accounts.</summary>
internal sealed class AccountOverviews(IExtractionRepository extraction, IReviewRepository reviews, ISchemaCatalog schemas, IBlobStore blobs) : IDocumentAccounts
{
    public async Task<DocumentAccounts> FindAsync(DocumentId id, CancellationToken ct) =>
        await extraction.FindPageMapAsync(id, ct) is { Map: var map }
            ? new DocumentAccounts(
                map.Accounts.Select(account => new AccountSummary(
                    account.Index, account.AccountNumber, account.Pages, account.SharedPages, account.Confidence, account.Reasons)).ToValueList(),
                map.UnassignedPages)
            : new DocumentAccounts([], []);

    public async Task<bool> KnowsSchemaAsync(string name, CancellationToken ct) => await schemas.FindAsync(name, ct) is not null;

    public async Task DeleteAsync(DocumentId id, CancellationToken ct)
    {
        await reviews.DeleteAsync(id, ct);
        await extraction.DeleteAsync(id, ct);
        foreach (var folder in ExtractionStorage.FoldersOf(id))
        {
            await blobs.DeleteBelowAsync(folder, ct);
        }
    }
}
