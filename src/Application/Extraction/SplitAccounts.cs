using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>The second stage: recognises what the document is, and finds its accounts; a model, where there is one, decides about doubtful pages.</summary>
internal sealed class SplitAccounts(
    IPages pages, IResultCache cache, SchemaChoice schemas, DoubtfulPageReader doubtfulPages, ILanguageModel model, Computation computation)
    : IDocumentStage
{
    /// <summary>Raised when the recognition of kinds or the splitting changes what it makes of the same pages.</summary>
    private const string CodeVersion = "1";

    public string Name => StageNames.AccountSplitting;

    public async Task<Result<StageOutcome>> RunAsync(StageContext context, CancellationToken ct)
    {
        var document = context.Document;
        var read = await pages.ReadAllAsync(document, ct);
        var kind = document.RequestedKind == DocumentKind.Auto
            ? await computation.RunAsync(() => KindRecognizer.Recognize(read), ct)
            : document.RequestedKind;
        var schema = await schemas.ForAsync(document, kind, ct);
        var fingerprint = Fingerprint.Of(
            ("pages", PageFingerprints.Of(read)), ("splits", $"{schema.SplitsAccounts}"), ("code", CodeVersion), ("model", model.Identity.ToString()),
            ("run", document.ForceFresh ? document.RunId.ToString() : string.Empty));
        if (await cache.FindAsync(ExtractionStorage.Accounts(document.Id), fingerprint, ExtractionJson.Default.PageMap, ct) is null)
        {
            var found = await computation.RunAsync(() => Split(schema, read), ct);
            var decided = await doubtfulPages.DecideAsync(document, found, read, context.MayRetry, ct);
            if (!decided.IsSuccess)
            {
                return decided.Error;
            }

            // What is not settled serves this run alone: with more money, say, the next one asks.
            var kept = decided.Value.IsSettled ? fingerprint : Fingerprint.Of(("unsettled", document.RunId.ToString()));
            await cache.StoreAsync(ExtractionStorage.Accounts(document.Id), kept, decided.Value.Map, ExtractionJson.Default.PageMap, ct);
        }

        return new StageOutcome([]) { RecognizedKind = kind };
    }

    private static PageMap Split(ExtractionSchema schema, ValueList<Page> pages)
    {
        var map = schema.SplitsAccounts ? AccountSplitter.Split(pages) : null;
        return map is { Accounts.Count: > 0 } ? map : PageMap.WithoutAccounts(pages.Select(page => page.Number));
    }
}
