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
        var map = await cache.GetOrCreateAsync(
            ExtractionStorage.Accounts(document.Id), fingerprint, ExtractionJson.Default.PageMap,
            async token => await doubtfulPages.DecideAsync(
                document, await computation.RunAsync(() => Split(schema, read), token), read, context.MayRetry, token),
            ct);
        return map.Match<Result<StageOutcome>>(_ => new StageOutcome([]) { RecognizedKind = kind }, error => error);
    }

    private static PageMap Split(ExtractionSchema schema, ValueList<Page> pages)
    {
        var map = schema.SplitsAccounts ? AccountSplitter.Split(pages) : null;
        return map is { Accounts.Count: > 0 } ? map : PageMap.WithoutAccounts(pages.Select(page => page.Number));
    }
}
