using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>What is known of a document's content: the latest run's result with every review over it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Machine">What the run read.</param>
/// <param name="Result">The same with reviews.</param>
/// <param name="ReadAt">When the run's result was stored; null while there is none, and the result has accounts at most.</param>
internal sealed record CurrentResult(RunId RunId, ExtractionResult Machine, ReviewedResult Result, DateTimeOffset? ReadAt);

/// <summary>The one way to a document's result, so that reviews are in whatever is read.</summary>
internal sealed class ReviewedResults(IExtractionRepository extraction, IReviewRepository reviews)
{
    public async Task<CurrentResult> FindAsync(Document document, CancellationToken ct)
    {
        var trail = await reviews.ListAsync(document.Id, ct);
        if (await extraction.FindLatestResultAsync(document.Id, ct) is { } stored)
        {
            return new CurrentResult(stored.RunId, stored.Result, ReviewOverlay.Apply(document.Id, stored.Result, trail), stored.CreatedAt);
        }

        var map = await extraction.FindPageMapAsync(document.Id, ct);
        var known = new ExtractionResult((map?.Map.Accounts ?? [])
            .Select(static account => new AccountExtraction(account.Index, account.AccountNumber, account.Pages, [], [])).ToValueList());
        return new CurrentResult(document.RunId, known, ReviewOverlay.Apply(document.Id, known, trail), null);
    }
}
