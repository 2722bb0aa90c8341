using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Pages as the cache holds them, one entry a page.</summary>
internal sealed class StoredPages(IResultCache cache) : IPages
{
    public Task<Page?> FindAsync(DocumentId id, int number, CancellationToken ct) =>
        cache.FindAsync(DocumentStorage.PageText(id, number), fingerprint: null, PageJson.Default.Page, ct);

    public async Task<ValueList<Page>> ReadAllAsync(Document document, CancellationToken ct)
    {
        var pages = new List<Page>();
        for (var number = 1; number <= (document.TotalPages ?? 0); number++)
        {
            // A page that could not be read this time may still have an entry of an earlier run.
            var failed = document.Problems.Any(problem => problem.Page == number && problem.Stage == StageNames.OcrExtraction);
            if (!failed && await FindAsync(document.Id, number, ct) is { } page)
            {
                pages.Add(page);
            }
        }

        return pages.ToValueList();
    }
}
