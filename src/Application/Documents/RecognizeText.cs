using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>
/// The first stage: every page becomes words, from its text layer where that is good and by recognition where not. Pages are recognised one by one by the engine here, or all by one order
/// where there is a service for whole documents; for that the stage goes on in a pool of its own.
/// </summary>
internal sealed class RecognizeText(
    IPageReader reader, IOcrEngine ocr, IResultCache cache, DocumentCalls calls, ProcessingOptions options, ILogger<RecognizeText> logger, IDocumentRecognition? recognition = null)
    : IDocumentStage
{
    /// <summary>Raised when this stage's code changes what it makes of the same input.</summary>
    private const string CodeVersion = "1";

    public string Name => StageNames.OcrExtraction;

    private string RecognizerVersion => recognition?.Version ?? ocr.Version;

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
        var readings = await Bounded.MapAsync(numbers, options.PagesAtOnce, ReadAndReportAsync, ct);
        var open = readings.Select(static reading => reading.Unread).OfType<Page>().ToValueList();
        if (open.Count > 0)
        {
            if (context.Pool != DocumentPools.Recognition)
            {
                return new StageOutcome([]) { ContinuesIn = DocumentPools.Recognition };
            }

            var recognized = await RecognizeAllAsync(context.Document, numbers.Count, open, ct);
            foreach (var (page, result) in open.Zip(recognized))
            {
                readings[page.Number - 1] = new PageReading(result);
                await ReportAsync(page.Number, result, ct);
            }
        }

        return await FinishAsync(context, [.. readings.Select(static reading => reading.Outcome!)], ct);

        async Task<PageReading> ReadAndReportAsync(int number, CancellationToken token)
        {
            var reading = recognition is null
                ? new PageReading(await ReadPageAsync(context.Document, number, token))
                : await ReadLayerAsync(context.Document, number, token);
            if (reading.Outcome is { } page)
            {
                await ReportAsync(number, page, token);
            }

            return reading;
        }

        async Task ReportAsync(int number, Result<Page> page, CancellationToken token)
        {
            if (page.Error is { } error)
            {
                logger.PageFailed(context.Document.Id, number, error.Code);
                DocumentTelemetry.CountFailedPage(error.Code);
            }

            await context.Progress.ReportAsync(
                Interlocked.Increment(ref done), numbers.Count, [DocumentEvents.PageCompleted(context.Document, number, page.Error?.Code)], token);
        }
    }

    private Fingerprint FingerprintOf(Document document, int number) => Fingerprint.Of(

        // A forced run gets a fingerprint of its own, so that earlier entries do not serve it but its own do after a crash.
        ("input", document.Hash.Value), ("page", $"{number}"), ("reader", reader.VersionFor(document.FileType)), ("ocr", RecognizerVersion), ("code", CodeVersion),
        ("run", FreshRunOf(document)));

    private static string FreshRunOf(Document document) => document.ForceFresh ? document.RunId.ToString() : string.Empty;

    private Task<Result<Page>> ReadPageAsync(Document document, int number, CancellationToken ct) => cache.GetOrCreateAsync(
        DocumentStorage.PageText(document.Id, number), FingerprintOf(document, number), PageJson.Default.Page,
        token => ReadFreshAsync(document.ToSourceFile(), number, token), ct);

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

    /// <summary>The page as far as it can be read here.</summary>
    private async Task<PageReading> ReadLayerAsync(Document document, int number, CancellationToken ct)
    {
        var (key, fingerprint) = (DocumentStorage.PageText(document.Id, number), FingerprintOf(document, number));
        if (await cache.FindAsync(key, fingerprint, PageJson.Default.Page, ct) is { } known)
        {
            return new PageReading(known);
        }

        var layer = await reader.ReadTextLayerAsync(document.ToSourceFile(), number, ct);
        if (!layer.IsSuccess)
        {
            return new PageReading(layer.Error);
        }

        if (layer.Value.NeedsRecognition)
        {
            return new PageReading(null, layer.Value.Page);
        }

        await StoreAsync(document, layer.Value.Page, ct);
        return new PageReading(layer.Value.Page);
    }

    private async Task<IReadOnlyList<Result<Page>>> RecognizeAllAsync(Document document, int pageCount, ValueList<Page> pages, CancellationToken ct)
    {
        var order = new RecognitionOrder(document.ToSourceFile(), pageCount, pages) { FreshRun = FreshRunOf(document) };
        var recognized = await recognition!.RecognizeAsync(order, await calls.BeginAsync(document, ct), ct);
        if (!recognized.IsSuccess)
        {
            return [.. pages.Select(_ => Result<Page>.Fail(recognized.Error))];
        }

        foreach (var page in recognized.Value)
        {
            await StoreAsync(document, page, ct);
        }

        return [.. recognized.Value.Select(Result<Page>.Success)];
    }

    private async Task StoreAsync(Document document, Page page, CancellationToken ct)
    {
        await cache.StoreAsync(DocumentStorage.PageText(document.Id, page.Number), FingerprintOf(document, page.Number), page, PageJson.Default.Page, ct);
        DocumentTelemetry.CountRead(page);
    }

    private async Task<Result<StageOutcome>> FinishAsync(StageContext context, Result<Page>[] pages, CancellationToken ct)
    {
        var read = pages.Where(page => page.IsSuccess).Select(page => page.Value!).ToList();

        // What a service owes on the last try is named, and the rest is kept.
        if (pages.FirstOrDefault(page => page.Error is { IsTransient: true }) is { } transient && (recognition is null || context.MayRetry || read.Count == 0))
        {
            return transient.Error!;
        }

        var document = context.Document;
        var problems = pages
            .Select((page, index) => page.Error is { } error ? new Problem(error, index + 1) : null)
            .OfType<Problem>().ToValueList();
        if (read.Count == 0)
        {
            // A service fails all pages for one reason; that is what has to be told.
            return pages.Length == 1 || recognition is not null ? problems[0].Error : DocumentErrors.NothingReadable();
        }

        var text = new FullText(read.Select(page => new PageText(page.Number, page.Text)).ToValueList());
        var fingerprint = Fingerprint.Of(("input", document.Hash.Value), ("reader", reader.VersionFor(document.FileType)), ("ocr", RecognizerVersion), ("code", CodeVersion));
        await cache.StoreAsync(DocumentStorage.FullText(document.Id), fingerprint, text, FullTextJson.Default.FullText, ct);
        return new StageOutcome(problems);
    }

    /// <summary>How far a page is.</summary>
    /// <param name="Outcome">The page, or why it cannot be read; null while it waits to be recognised.</param>
    /// <param name="Unread">The page that waits, without words.</param>
    private sealed record PageReading(Result<Page>? Outcome, Page? Unread = null);
}
