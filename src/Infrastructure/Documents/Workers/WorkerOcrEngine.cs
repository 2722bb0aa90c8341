using Idp.Application.Documents;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Flow;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Kernel.Blobs;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Recognises pages in worker processes, with Tesseract. A picture that was recognised before, in whichever document, is not recognised again.</summary>
/// <param name="pool">The processes.</param>
/// <param name="blobs">Where the files are.</param>
/// <param name="cache">Where recognised pictures are kept.</param>
/// <param name="store">Where it is noted which pictures a file has, so that they can be forgotten with it.</param>
/// <param name="options">How to recognise.</param>
/// <param name="tools">Names the versions of the engine and its data.</param>
/// <param name="files">Gives pages to files that have none.</param>
internal sealed class WorkerOcrEngine(
    WorkerPool pool, ILocalBlobs blobs, IResultCache cache, IBlobStore store, OcrOptions options, ToolVersions tools, LaidOutFiles files) : IOcrEngine
{
    public string Version { get; } = $"tesseract {tools.Tesseract} {options.Languages}:{ToolVersions.LanguageData(options.Languages)} "
        + $"dpi={options.Dpi?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "auto"} recognizer/{PageRecognizer.Version}";

    public async Task<Result<Page>> RecognizeAsync(SourceFile file, int pageNumber, CancellationToken ct)
    {
        if (pageNumber < 1)
        {
            return DocumentErrors.PageNotFound(pageNumber);
        }

        var paged = await files.PagedAsync(file, ct);
        if (!paged.IsSuccess)
        {
            return paged.Error;
        }

        await using var blob = await blobs.OpenAsync(paged.Value.Key, ct);
        var request = new WorkerRequest(WorkerOperation.Recognize, blob.Path, paged.Value.Type, pageNumber, pageNumber);
        var page = await pool.RunAsync((worker, token) => RecognizeAsync(worker, request, file.Hash, token), WorkerUrgency.Background, ct);

        // The same picture may have been another page of another document.
        return page.IsSuccess ? page.Value with { Number = pageNumber } : page.Error;
    }

    public async Task ForgetAsync(ContentHash hash, CancellationToken ct)
    {
        await foreach (var note in store.ListBelowAsync(NotesOf(hash), ct))
        {
            await store.DeleteAsync(EntryOf(note.Value[(note.Value.LastIndexOf('/') + 1)..]), ct);
        }

        await store.DeleteBelowAsync(NotesOf(hash), ct);
    }

    private static BlobKey EntryOf(string fingerprint) => BlobKey.Of($"content/ocr/{fingerprint}");

    private static BlobKey NotesOf(ContentHash hash) => BlobKey.Of($"content/ocr_of/{hash}");

    private async Task<Result<Page>> RecognizeAsync(WorkerClient worker, WorkerRequest request, ContentHash hash, CancellationToken ct)
    {
        await worker.SendAsync(request, ct);
        var rendered = await worker.ReceiveAsync(ct);
        if (rendered.Error is not null)
        {
            return rendered.Error.ToError();
        }

        var fingerprint = Fingerprint.Of(("pixels", rendered.PixelHash ?? string.Empty), ("engine", Version));
        var note = BlobKey.Of($"{NotesOf(hash)}/{fingerprint}");
        if (!await store.ExistsAsync(note, ct))
        {
            await store.WriteAsync(note, Stream.Null, ct);
        }

        var (isAsked, isOver) = (false, false);
        var page = await cache.GetOrCreateAsync(
            EntryOf(fingerprint.Value),
            fingerprint,
            PageJson.Default.Page,
            async token =>
            {
                isAsked = true;
                await worker.SendAsync(new WorkerRequest(WorkerOperation.Proceed), token);
                var reply = await worker.ReceiveAsync(token);
                isOver = true;
                return reply.Error is not null ? reply.Error.ToError()
                    : reply.Page is { } recognized ? recognized
                    : DocumentErrors.PageDamaged("nothing was recognised.");
            },
            ct);
        if (!isAsked)
        {
            await worker.SendAsync(new WorkerRequest(WorkerOperation.Drop), ct);
        }

        // A conversation that was begun and not heard to its end cannot be taken up again.
        return isAsked && !isOver ? throw new InvalidDataException("The conversation with the worker broke off.") : page;
    }
}
