using System.Text.Json.Serialization.Metadata;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Caching;

/// <summary>Keeps computed values with the fingerprint of all that produced them; never serves a stale or damaged one.</summary>
/// <remarks>
/// An entry is JSON: <c>{"fingerprint","checksum","created_at","payload"}</c> under its key in the blob store. A damaged entry
/// (checksum, syntax) counts as absent. Passes <c>ResultCacheContract</c>. Safe to call concurrently.
/// </remarks>
public interface IResultCache
{
    /// <summary>The entry, or null when it is absent, damaged or of another fingerprint (null accepts any).</summary>
    Task<T?> FindAsync<T>(BlobKey key, Fingerprint? fingerprint, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class;

    /// <summary>Writes or replaces an entry.</summary>
    Task StoreAsync<T>(BlobKey key, Fingerprint fingerprint, T value, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class;

    /// <summary>
    /// The entry, or what <paramref name="create"/> makes; failures are not kept. Callers that ask for the same key and fingerprint at the
    /// same time wait for one call of <paramref name="create"/> (single flight); when the one that computes is cancelled, the next takes over.
    /// </summary>
    Task<Result<T>> GetOrCreateAsync<T>(
        BlobKey key, Fingerprint fingerprint, JsonTypeInfo<T> type, Func<CancellationToken, Task<Result<T>>> create, CancellationToken ct)
        where T : class;
}
