using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Objects as local files. The service is asked each time which content is the object's, so that a copy is never an older one, nor that of a deleted object.</summary>
internal sealed class S3LocalBlobs(S3BlobStore store, LocalCopies copies, LocalFolder folder) : ILocalBlobs
{
    /// <inheritdoc />
    public async Task<LocalBlob> OpenAsync(BlobKey key, CancellationToken ct)
    {
        if (await store.FindVersionAsync(key, ct) is not { } version)
        {
            copies.Forget(key);
            throw Absent(key);
        }

        var copy = copies.Take(key, version);
        try
        {
            return new LocalBlob(await copy.FillAsync(token => DownloadAsync(key, token), ct), ReleaseOnce(copy));
        }
        catch
        {
            copies.Return(copy);
            throw;
        }
    }

    private static FileNotFoundException Absent(BlobKey key) => new($"There is no blob '{key}'.");

    private Func<ValueTask> ReleaseOnce(LocalCopy copy)
    {
        var isReleased = false;
        return () =>
        {
            if (!Interlocked.Exchange(ref isReleased, true))
            {
                copies.Return(copy);
            }

            return ValueTask.CompletedTask;
        };
    }

    private async Task<string> DownloadAsync(BlobKey key, CancellationToken ct)
    {
        await using var content = await store.OpenReadAsync(key, ct) ?? throw Absent(key);
        return await folder.SaveAsync(content, ct);
    }
}
