using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Blobs as objects of one bucket, under their keys. A write is one request, so that an object is there whole or not at all.</summary>
internal sealed class S3BlobStore(S3Options options, S3Connection connection, LocalFolder folder, LocalCopies copies, TimeProvider clock) : IBlobStore, IPreparedAtStart
{
    /// <summary>The metadata's name of the content's SHA-256 digest.</summary>
    public const string DigestName = "sha256";

    // No blob's key holds this character.
    private const string ProbeKey = "~probe";

    private const int RemovalsAtOnce = 8;

    /// <summary>The slowest connection that an upload is waited for.</summary>
    private const int LeastBytesPerSecond = 512 * 1024;

    /// <summary>The first bucket of a service may need room to be made for it.</summary>
    private static readonly TimeSpan BucketCreation = TimeSpan.FromSeconds(55);

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            folder.Prepare();
            await EnsureBucketAsync(ct);
            await PutAsync(ProbeKey, Stream.Null, ct);
            await RemoveAsync(ProbeKey, ct);
        }
        catch (IOException exception)
        {
            throw S3Failures.AtStart(exception);
        }
    }

    /// <inheritdoc />
    public Task<long> WriteAsync(BlobKey key, Stream content, CancellationToken ct) => PutAsync(key.Value, content, ct);

    /// <inheritdoc />
    public async Task<Stream?> OpenReadAsync(BlobKey key, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = options.Bucket, Key = key.Value };
        var response = await connection.SendAsync((client, token) => UnlessAbsentAsync(client.GetObjectAsync(request, token)), ct);
        return response is null ? null : new VerifiedStream(response, connection, clock);
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(BlobKey key, CancellationToken ct) => await FindVersionAsync(key, ct) is not null;

    /// <inheritdoc />
    public async Task DeleteAsync(BlobKey key, CancellationToken ct)
    {
        copies.Forget(key);
        await RemoveAsync(key.Value, ct);
    }

    /// <inheritdoc />
    /// <remarks>One request for each object: not every service takes many in one. After a break in the middle some are left, and asking again removes them.</remarks>
    public async Task DeleteBelowAsync(BlobKey prefix, CancellationToken ct)
    {
        await foreach (var page in PagesBelowAsync(prefix, ct))
        {
            await Parallel.ForEachAsync(
                page, new ParallelOptions { MaxDegreeOfParallelism = RemovalsAtOnce, CancellationToken = ct }, async (key, token) => await DeleteAsync(key, token));
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<BlobKey> ListBelowAsync(BlobKey prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in PagesBelowAsync(prefix, ct))
        {
            foreach (var key in page)
            {
                yield return key;
            }
        }
    }

    /// <summary>What tells one content of an object from another; null when there is no such object.</summary>
    public async Task<ObjectVersion?> FindVersionAsync(BlobKey key, CancellationToken ct)
    {
        var request = new GetObjectMetadataRequest { BucketName = options.Bucket, Key = key.Value };
        var response = await connection.SendAsync((client, token) => UnlessAbsentAsync(client.GetObjectMetadataAsync(request, token)), ct);
        return response is null ? null : new ObjectVersion(response.ETag, response.ContentLength);
    }

    private static async Task<T?> UnlessAbsentAsync<T>(Task<T> request)
        where T : class
    {
        try
        {
            return await request;
        }
        catch (AmazonS3Exception exception) when (S3Failures.IsAbsent(exception))
        {
            return null;
        }
    }

    private async Task EnsureBucketAsync(CancellationToken ct)
    {
        // Listing and not asking for the bucket: only the answer to this says why it is refused.
        var list = new ListObjectsV2Request { BucketName = options.Bucket, MaxKeys = 1 };
        var isThere = await connection.SendAsync(
            async (client, token) =>
            {
                try
                {
                    await client.ListObjectsV2Async(list, token);
                    return true;
                }
                catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchBucket")
                {
                    return false;
                }
            },
            ct);
        if (!isThere)
        {
            await CreateBucketAsync(ct);
        }
    }

    private async Task CreateBucketAsync(CancellationToken ct) => await connection.SendAsync(
        async (client, token) =>
        {
            try
            {
                await client.PutBucketAsync(new PutBucketRequest { BucketName = options.Bucket }, token);
            }
            catch (AmazonS3Exception exception) when (exception.ErrorCode == "BucketAlreadyOwnedByYou")
            {
                // Another node was faster.
            }
            catch (AmazonS3Exception exception) when (exception.ErrorCode is "AccessDenied" or "TooManyBuckets")
            {
                throw new SetupException(
                    $"The bucket '{options.Bucket}' does not exist, and the key may not make it ({exception.ErrorCode}). Create it, or correct S3__BUCKET.", exception);
            }

            return true;
        },
        ct,
        BucketCreation);

    private async Task<long> PutAsync(string key, Stream content, CancellationToken ct)
    {
        using var spooled = await SpooledContent.ReadAsync(content, folder, ct);
        await connection.SendAsync(
            async (client, token) =>
            {
                // In one piece and signed with the digest, which the service compares with what arrived.
                var request = new PutObjectRequest
                {
                    BucketName = options.Bucket,
                    Key = key,
                    InputStream = spooled.Open(),
                    ContentType = "application/octet-stream",
                    UseChunkEncoding = false,
                    DisablePayloadSigning = false,
                };
                request.Metadata[DigestName] = spooled.Digest;
                return await client.PutObjectAsync(request, token);
            },
            ct,
            TimeSpan.FromSeconds((double)spooled.Length / LeastBytesPerSecond));
        return spooled.Length;
    }

    private async Task RemoveAsync(string key, CancellationToken ct)
    {
        var request = new DeleteObjectRequest { BucketName = options.Bucket, Key = key };
        await connection.SendAsync((client, token) => UnlessAbsentAsync(client.DeleteObjectAsync(request, token)), ct);
    }

    private async IAsyncEnumerable<List<BlobKey>> PagesBelowAsync(BlobKey prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix.Value + "/" };
        do
        {
            var response = await connection.SendAsync((client, token) => client.ListObjectsV2Async(request, token), ct);
            yield return [.. (response.S3Objects ?? []).Select(static found => KeyOf(found.Key)).OfType<BlobKey>()];
            request.ContinuationToken = response.IsTruncated == true ? response.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private static BlobKey? KeyOf(string text)
    {
        try
        {
            return BlobKey.Of(text);
        }
        catch (ArgumentException)
        {
            // Somebody else's object.
            return null;
        }
    }
}

/// <summary>One content of an object.</summary>
/// <param name="Tag">Differs from that of every other content.</param>
/// <param name="Length">How many bytes it has.</param>
internal sealed record ObjectVersion(string Tag, long Length);
