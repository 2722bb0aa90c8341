using System.Collections.Concurrent;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Workers;
using Idp.Infrastructure.Kernel.Blobs;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>
/// Files as files with pages. What has none of its own is laid out once, by a worker, and kept beside the original under <c>{original}.{version}.pdf</c>, where it goes when the document goes.
/// Safe to call concurrently; callers of one file wait for one layout.
/// </summary>
internal sealed class LaidOutFiles(WorkerPool pool, ILocalBlobs local, IBlobStore store, ToolVersions tools)
{
    private readonly ConcurrentDictionary<BlobKey, Task<Result<Done>>> _running = new();

    /// <summary>Names the code and tools that decide how a file of a type is laid out; empty for files with pages.</summary>
    public string VersionOf(FileType type) => type.IsFlow() ? $"{FlowLayout.Version}-{tools.Poppler}" : string.Empty;

    /// <summary>The file itself, or its pages as PDF.</summary>
    public async Task<Result<SourceFile>> PagedAsync(SourceFile file, CancellationToken ct)
    {
        if (!file.Type.IsFlow())
        {
            return file;
        }

        var key = BlobKey.Of($"{file.Key}.{FlowLayout.Version.Replace('/', '-')}.pdf");
        while (!await store.ExistsAsync(key, ct))
        {
            var layout = _running.GetOrAdd(key, _ => LayOutAsync(file, key, ct));
            try
            {
                var done = await layout.WaitAsync(ct);
                if (!done.IsSuccess)
                {
                    return done.Error;
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The caller that began it gave up; this one takes over.
            }
            finally
            {
                _running.TryRemove(new KeyValuePair<BlobKey, Task<Result<Done>>>(key, layout));
            }
        }

        return new SourceFile(key, FileType.Pdf, file.Hash);
    }

    private async Task<Result<Done>> LayOutAsync(SourceFile file, BlobKey key, CancellationToken ct)
    {
        await using var blob = await local.OpenAsync(file.Key, ct);
        var request = new WorkerRequest(WorkerOperation.LayOut, blob.Path, file.Type);
        var pdf = await pool.RunAsync<byte[]>(
            async (worker, token) =>
            {
                await worker.SendAsync(request, token);
                var reply = await worker.ReceiveAsync(token);
                return reply.Error is null ? await worker.ReceiveBytesAsync(token) : reply.Error.ToError();
            },
            WorkerUrgency.Background,
            ct);
        if (!pdf.IsSuccess)
        {
            return pdf.Error;
        }

        using var content = new MemoryStream(pdf.Value);
        await store.WriteAsync(key, content, ct);
        return Done.Value;
    }
}
