using System.Collections.Concurrent;
using Idp.Application.Kernel.Blobs;

namespace Idp.Unit.Documents;

/// <summary>Blobs in memory, with the promises of the port that use cases rely on.</summary>
internal sealed class InMemoryBlobs : IBlobStore
{
    public ConcurrentDictionary<string, byte[]> Contents { get; } = new(StringComparer.Ordinal);

    public async Task<long> WriteAsync(BlobKey key, Stream content, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);
        Contents[key.Value] = copy.ToArray();
        return copy.Length;
    }

    public Task<Stream?> OpenReadAsync(BlobKey key, CancellationToken ct) =>
        Task.FromResult<Stream?>(Contents.TryGetValue(key.Value, out var bytes) ? new MemoryStream(bytes) : null);

    public Task<bool> ExistsAsync(BlobKey key, CancellationToken ct) => Task.FromResult(Contents.ContainsKey(key.Value));

    public Task DeleteAsync(BlobKey key, CancellationToken ct)
    {
        Contents.TryRemove(key.Value, out _);
        return Task.CompletedTask;
    }

    public Task DeleteBelowAsync(BlobKey prefix, CancellationToken ct)
    {
        foreach (var key in Contents.Keys.Where(key => key.StartsWith(prefix.Value + "/", StringComparison.Ordinal)))
        {
            Contents.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobKey> ListBelowAsync(BlobKey prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        foreach (var key in Contents.Keys.Where(key => key.StartsWith(prefix.Value + "/", StringComparison.Ordinal)))
        {
            ct.ThrowIfCancellationRequested();
            yield return BlobKey.Of(key);
        }
    }
}
