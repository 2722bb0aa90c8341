using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>The first stage: every page becomes words, from its text layer where that is good and by recognition where not.</summary>
internal sealed class RecognizeText(
    IPageReader reader, IOcrEngine ocr, IResultCache cache, ProcessingOptions options, ILogger<RecognizeText> logger) : IDocumentStage
{
    /// <summary>Raised when this stage's code changes what it makes of the same input.</summary>
    private const string CodeVersion = "1";

    public string Name => StageNames.OcrExtraction;

    public async Task<Result<StageOutcome>> RunAsync(StageContext context, CancellationToken ct)
    {
        var outline = await reader.InspectAsync(context.Document.ToSourceFile(), ct);
        if (!outline.IsSuccess)
        {
            return outline.Error;
        }

        var numbers = Enumerable.Range(1, outline.Value.PageCount).ToList();
        var done = 0;
        await context.Progress.ReportAsync(0, numbers.Count, [], ct);
        var pages = await Bounded.MapAsync(numbers, options.PagesAtOnce, ReadAndReportAsync, ct);
        return await FinishAsync(context.Document, pages, ct);

        async Task<Result<Page>> ReadAndReportAsync(int number, CancellationToken token)
        {
            var page = await ReadPageAsync(context.Document, number, token);
            if (page.Error is { } error)
            {
                logger.PageFailed(context.Document.Id, number, error.Code);
                DocumentTelemetry.CountFailedPage(error.Code);
            }

            await context.Progress.ReportAsync(
                Interlocked.Increment(ref done), numbers.Count, [DocumentEvents.PageCompleted(context.Document, number, page.Error?.Code)], token);
            return page;
        }
    }

    private Task<Result<Page>> ReadPageAsync(Document document, int number, CancellationToken ct)
    {
        // A forced run gets a fingerprint of its own, so that earlier entries do not serve it but its own do after a crash.
        var fingerprint = Fingerprint.Of(
            ("input", document.Hash.Value), ("page", $"{number}"), ("reader", reader.Version), ("ocr", ocr.Version), ("code", CodeVersion),
            ("run", document.ForceFresh ? document.RunId.ToString() : string.Empty));
        return cache.GetOrCreateAsync(
            DocumentStorage.PageText(document.Id, number), fingerprint, PageJson.Default.Page,
            token => ReadFreshAsync(document.ToSourceFile(), number, token), ct);
    }

    private async Task<Result<Page>> ReadFreshAsync(SourceFile file, int number, CancellationToken ct)
    {
        var layer = await reader.ReadTextLayerAsync(file, number, ct);
        var page = layer switch
        {
            { IsSuccess: false } => layer.Error,
            { Value.NeedsRecognition: true } => await ocr.RecognizeAsync(file, number, ct),
            _ => layer.Value.Page,
        };
        if (page.IsSuccess)
        {
            DocumentTelemetry.CountRead(page.Value);
        }

        return page;
    }

    private async Task<Result<StageOutcome>> FinishAsync(Document document, Result<Page>[] pages, CancellationToken ct)
    {
        if (pages.FirstOrDefault(page => page.Error is { IsTransient: true }) is { } transient)
        {
            return transient.Error!;
        }

        var read = pages.Where(page => page.IsSuccess).Select(page => page.Value!).ToList();
        var problems = pages
            .Select((page, index) => page.Error is { } error ? new Problem(error, index + 1) : null)
            .OfType<Problem>().ToValueList();
        if (read.Count == 0)
        {
            return pages.Length == 1 ? problems[0].Error : DocumentErrors.NothingReadable();
        }

        var text = new FullText(read.Select(page => new PageText(page.Number, page.Text)).ToValueList());
        var fingerprint = Fingerprint.Of(("input", document.Hash.Value), ("reader", reader.Version), ("ocr", ocr.Version), ("code", CodeVersion));
        await cache.StoreAsync(DocumentStorage.FullText(document.Id), fingerprint, text, FullTextJson.Default.FullText, ct);
        return new StageOutcome(problems);
    }
}
