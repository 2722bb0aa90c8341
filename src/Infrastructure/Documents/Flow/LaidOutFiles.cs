using System.Collections.Concurrent;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.LibreOffice;
using Idp.Infrastructure.Documents.Workers;
using Idp.Infrastructure.Kernel.Blobs;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>
/// Files as files with pages. What has none of its own is laid out once, by a worker, and kept beside the original under <c>{original}.{version}.pdf</c>, where it goes when the document goes.
/// Safe to call concurrently; callers of one file wait for one layout.
/// </summary>
internal sealed class LaidOutFiles(WorkerPool pool, ILocalBlobs local, IBlobStore store, ToolVersions tools, OfficeProgram office)
{
    private static readonly string ComposedEnding = $".{FlowLayout.Version.Replace('/', '-')}.pdf";

    private readonly ConcurrentDictionary<BlobKey, Task<Result<BlobKey>>> _running = new();
    private readonly string _officeName = $"{OfficeConverter.Version.Replace('/', '-')}-{office.Version}";

    /// <summary>True for pages that were laid out by this program, and not by LibreOffice or whoever made the file.</summary>
    public static bool IsComposed(SourceFile paged) => paged.Key.Value.EndsWith(ComposedEnding, StringComparison.Ordinal);

    /// <summary>Names the code and tools that decide how a file of a type is laid out; empty for files with pages.</summary>
    public string VersionOf(FileType type) =>
        !type.IsFlow() ? string.Empty : $"{FlowLayout.Version}-{tools.Poppler}{(office.IsFor(type) ? $" {_officeName}" : string.Empty)}";

    /// <summary>The file itself, or its pages as PDF.</summary>
    public async Task<Result<SourceFile>> PagedAsync(SourceFile file, CancellationToken ct)
    {
        if (!file.Type.IsFlow())
        {
            return file;
        }

        var keys = KeysOf(file);
        if (await FindAsync(keys, ct) is { } known)
        {
            return new SourceFile(known, FileType.Pdf, file.Hash);
        }

        while (true)
        {
            var layout = _running.GetOrAdd(keys.Composed, _ => LayOutAsync(file, keys, ct));
            try
            {
                var key = await layout.WaitAsync(ct);
                return key.IsSuccess ? new SourceFile(key.Value, FileType.Pdf, file.Hash) : key.Error;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The caller that began it gave up; this one takes over.
            }
            finally
            {
                _running.TryRemove(new KeyValuePair<BlobKey, Task<Result<BlobKey>>>(keys.Composed, layout));
            }
        }
    }

    /// <summary>Where pages are by LibreOffice, if it is to make them, and where by ourselves: elsewhere than usually, if LibreOffice should have made them.</summary>
    private (BlobKey? Printed, BlobKey Composed) KeysOf(SourceFile file) => office.IsFor(file.Type)
        ? (BlobKey.Of($"{file.Key}.{_officeName}.pdf"), BlobKey.Of($"{file.Key}.{_officeName}{ComposedEnding}"))
        : (null, BlobKey.Of($"{file.Key}{ComposedEnding}"));

    private async Task<BlobKey?> FindAsync((BlobKey? Printed, BlobKey Composed) keys, CancellationToken ct) =>
        keys.Printed is { } printed && await store.ExistsAsync(printed, ct) ? printed
        : await store.ExistsAsync(keys.Composed, ct) ? keys.Composed
        : null;

    private async Task<Result<BlobKey>> LayOutAsync(SourceFile file, (BlobKey? Printed, BlobKey Composed) keys, CancellationToken ct)
    {
        // Whoever laid it out may have ended between the look and now.
        if (await FindAsync(keys, ct) is { } known)
        {
            return known;
        }

        await using var blob = await local.OpenAsync(file.Key, ct);
        var request = new WorkerRequest(WorkerOperation.LayOut, blob.Path, file.Type);
        var pages = keys.Printed is null ? await AskAsync(request, ct)
            : office.Path is null ? await AskAsync(request with { Note = OfficeProgram.NoteOf("it is not installed") }, ct)
            : await PrintAsync(request, office.Path, ct);
        if (!pages.IsSuccess)
        {
            return pages.Error;
        }

        var key = keys.Printed is { } printed && pages.Value.IsPrinted ? printed : keys.Composed;
        using var content = new MemoryStream(pages.Value.Pdf);
        await store.WriteAsync(key, content, ct);
        return key;
    }

    private async Task<Result<LaidOut>> PrintAsync(WorkerRequest request, string program, CancellationToken ct)
    {
        // Made and removed here, because a worker that is ended removes nothing.
        var folder = Directory.CreateTempSubdirectory("idp-office-");
        try
        {
            var pages = await AskAsync(request with { Office = new OfficeOrder(program, folder.FullName) }, ct);
            return pages.IsSuccess || pages.Error.Kind == ErrorKind.Unavailable ? pages
                : await AskAsync(request with { Note = OfficeProgram.NoteOf(pages.Error.Code == TooSlow ? "it took too long" : "it failed") }, ct);
        }
        finally
        {
            Remove(folder);
        }
    }

    private Task<Result<LaidOut>> AskAsync(WorkerRequest request, CancellationToken ct) => pool.RunAsync<LaidOut>(
        async (worker, token) =>
        {
            await worker.SendAsync(request, token);
            var reply = await worker.ReceiveAsync(token);
            return reply.Error is null ? new LaidOut(await worker.ReceiveBytesAsync(token), reply.IsPrinted) : reply.Error.ToError();
        },
        WorkerUrgency.Background,
        ct);

    private static string TooSlow => DocumentErrors.PageTooSlow(0).Code;

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Something that is being ended still wrote into it; the system's cleaning of temporary files takes the rest.
        }
    }

    private sealed record LaidOut(byte[] Pdf, bool IsPrinted);
}
