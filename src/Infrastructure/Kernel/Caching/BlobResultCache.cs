using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Caching;

/// <summary>Cache entries as blobs.</summary>
internal sealed class BlobResultCache(IBlobStore blobs, TimeProvider clock) : IResultCache
{
    // Each value is a TaskCompletionSource<Result<T>?> of the caller that computes; null hands the task over to the next.
    private readonly ConcurrentDictionary<Flight, object> _flights = new();

    /// <inheritdoc />
    public async Task<T?> FindAsync<T>(BlobKey key, Fingerprint? fingerprint, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        await using var stream = await blobs.OpenReadAsync(key, ct);
        if (stream is null)
        {
            return null;
        }

        using var entry = new MemoryStream();
        await stream.CopyToAsync(entry, ct);
        return CacheEntry.FindPayload(entry.GetBuffer().AsMemory(0, (int)entry.Length), fingerprint) is { } payload
            ? Deserialize(payload.Span, type)
            : null;
    }

    /// <inheritdoc />
    public async Task StoreAsync<T>(BlobKey key, Fingerprint fingerprint, T value, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var entry = CacheEntry.Write(fingerprint, clock.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(value, type));
        using var stream = new MemoryStream(entry.ToArray(), writable: false);
        await blobs.WriteAsync(key, stream, ct);
    }

    /// <inheritdoc />
    public async Task<Result<T>> GetOrCreateAsync<T>(
        BlobKey key, Fingerprint fingerprint, JsonTypeInfo<T> type, Func<CancellationToken, Task<Result<T>>> create, CancellationToken ct)
        where T : class
    {
        var flight = new Flight(key, fingerprint, typeof(T));
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var mine = new TaskCompletionSource<Result<T>?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = (TaskCompletionSource<Result<T>?>)_flights.GetOrAdd(flight, mine);
            if (first != mine)
            {
                if (await first.Task.WaitAsync(ct) is { } shared)
                {
                    return shared;
                }

                continue;
            }

            Result<T>? outcome = null;
            try
            {
                outcome = await FindOrCreateAsync(key, fingerprint, type, create, ct);
                return outcome;
            }
            finally
            {
                // Without an outcome this caller was cancelled or hit a bug; neither is a reason for the others to go without.
                _flights.TryRemove(flight, out _);
                mine.SetResult(outcome);
            }
        }
    }

    // A payload of an older shape is as good as none; which of these it raises depends on where it differs.
    private static T? Deserialize<T>(ReadOnlySpan<byte> payload, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(payload, type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<Result<T>> FindOrCreateAsync<T>(
        BlobKey key, Fingerprint fingerprint, JsonTypeInfo<T> type, Func<CancellationToken, Task<Result<T>>> create, CancellationToken ct)
        where T : class
    {
        if (await FindAsync(key, fingerprint, type, ct) is { } found)
        {
            return Result<T>.Success(found);
        }

        var created = await create(ct);
        if (created.IsSuccess)
        {
            await StoreAsync(key, fingerprint, created.Value, type, ct);
        }

        return created;
    }

    private sealed record Flight(BlobKey Key, Fingerprint Fingerprint, Type Type);
}
