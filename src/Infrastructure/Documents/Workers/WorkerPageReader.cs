using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Flow;
using Idp.Infrastructure.Documents.Poppler;
using Idp.Infrastructure.Kernel.Blobs;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Reads files in worker processes, with poppler's tools and Leptonica.</summary>
/// <param name="pool">The processes.</param>
/// <param name="blobs">Where the files are.</param>
/// <param name="tools">Names the versions of the tools.</param>
/// <param name="files">Gives pages to files that have none.</param>
internal sealed class WorkerPageReader(WorkerPool pool, ILocalBlobs blobs, ToolVersions tools, LaidOutFiles files) : IPageReader
{
    private readonly TextLayerWindows _windows = new();

    public string Version => $"{PdfTextReader.Version} {tools.Poppler}";

    public string VersionFor(FileType type) => type.IsFlow() ? $"{Version} {files.VersionOf(type)}" : Version;

    public async Task<Result<SourceOutline>> InspectAsync(SourceFile source, CancellationToken ct)
    {
        var paged = await files.PagedAsync(source, ct);
        if (paged.Value is not { } file)
        {
            return paged.Error!;
        }

        var reply = await AskAsync(file, path => new WorkerRequest(WorkerOperation.Inspect, path, file.Type), ct);
        return reply.IsSuccess ? new SourceOutline(reply.Value.PageCount ?? 1) : reply.Error;
    }

    public async Task<Result<TextLayerReading>> ReadTextLayerAsync(SourceFile source, int pageNumber, CancellationToken ct)
    {
        if (pageNumber < 1)
        {
            return DocumentErrors.PageNotFound(pageNumber);
        }

        var paged = await files.PagedAsync(source, ct);
        if (paged.Value is not { } file)
        {
            return paged.Error!;
        }

        var isLaidOut = LaidOutFiles.IsComposed(file);
        if (file.Type != FileType.Pdf)
        {
            return await ReadOneAsync(file, pageNumber, isLaidOut, ct);
        }

        var first = pageNumber - ((pageNumber - 1) % TextLayerWindows.Size);
        var window = await _windows.GetAsync(
            new TextLayerWindows.Key(file.Hash, first), () => ReadAsync(file, first, first + TextLayerWindows.Size - 1, isLaidOut, ct), ct);

        // One bad page must not take its neighbours with it, so whatever went wrong with the window, the page gets a try of its own.
        return window.Value?.ElementAtOrDefault(pageNumber - first) is { IsSuccess: true } reading
            ? reading
            : await ReadOneAsync(file, pageNumber, isLaidOut, ct);
    }

    public async Task<Result<byte[]>> RenderAsync(SourceFile source, int pageNumber, int dpi, int rotation, CancellationToken ct)
    {
        if (pageNumber < 1)
        {
            return DocumentErrors.PageNotFound(pageNumber);
        }

        var paged = await files.PagedAsync(source, ct);
        if (paged.Value is not { } file)
        {
            return paged.Error!;
        }

        await using var blob = await blobs.OpenAsync(file.Key, ct);
        var request = new WorkerRequest(WorkerOperation.Render, blob.Path, file.Type, pageNumber, pageNumber, Math.Clamp(dpi, 36, 300), rotation);
        return await pool.RunAsync<byte[]>(
            async (worker, token) =>
            {
                await worker.SendAsync(request, token);
                var reply = await worker.ReceiveAsync(token);
                return reply.Error is null ? await worker.ReceiveBytesAsync(token) : reply.Error.ToError();
            },
            WorkerUrgency.Watched,
            ct);
    }

    private async Task<Result<TextLayerReading>> ReadOneAsync(SourceFile file, int pageNumber, bool isLaidOut, CancellationToken ct)
    {
        var alone = await ReadAsync(file, pageNumber, pageNumber, isLaidOut, ct);
        return alone.IsSuccess ? alone.Value[0] : alone.Error;
    }

    private async Task<Result<IReadOnlyList<Result<TextLayerReading>>>> ReadAsync(SourceFile file, int first, int last, bool isLaidOut, CancellationToken ct)
    {
        var reply = await AskAsync(file, path => new WorkerRequest(WorkerOperation.ReadText, path, file.Type, first, last, IsLaidOut: isLaidOut), ct);
        return reply.IsSuccess
            ? Result<IReadOnlyList<Result<TextLayerReading>>>.Success([.. (reply.Value.Pages ?? []).Select(ReadingOf)])
            : reply.Error;
    }

    private async Task<Result<WorkerReply>> AskAsync(SourceFile file, Func<string, WorkerRequest> request, CancellationToken ct)
    {
        await using var blob = await blobs.OpenAsync(file.Key, ct);
        return await pool.RunAsync<WorkerReply>(
            async (worker, token) =>
            {
                await worker.SendAsync(request(blob.Path), token);
                var reply = await worker.ReceiveAsync(token);
                return reply.Error is null ? reply : reply.Error.ToError();
            },
            WorkerUrgency.Background,
            ct);
    }

    private static Result<TextLayerReading> ReadingOf(PageOutcome outcome) =>
        outcome.Page is null
            ? outcome.Error?.ToError() ?? DocumentErrors.PageDamaged("it could not be read.")
            : new TextLayerReading(outcome.Page, outcome.NeedsRecognition);
}
