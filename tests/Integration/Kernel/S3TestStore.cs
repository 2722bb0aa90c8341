using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

/// <summary>A node's blob store on a bucket, with a folder of its own, and a look at what the bucket really holds.</summary>
internal sealed class S3TestStore : IDisposable
{
    private readonly S3Connection _connection;
    private readonly SharedHttpClient _http = new();
    private readonly AmazonS3Client _client;

    public S3TestStore(S3Options options, TimeProvider clock)
    {
        Options = options;
        _connection = new S3Connection(options, clock);
        Folder = new LocalFolder(options, ProcessIdentity.Current(), clock);
        Copies = new LocalCopies(options, clock);
        Store = new S3BlobStore(options, _connection, Folder, Copies, clock);
        LocalBlobs = new S3LocalBlobs(Store, Copies, Folder);
        _client = new AmazonS3Client(
            new BasicAWSCredentials(options.AccessKey, options.SecretKey),
            new AmazonS3Config
            {
                ServiceURL = options.Endpoint,
                AuthenticationRegion = options.Region,
                ForcePathStyle = true,
                HttpClientFactory = _http,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            });
    }

    public S3Options Options { get; }

    public LocalFolder Folder { get; }

    public LocalCopies Copies { get; }

    public S3BlobStore Store { get; }

    public S3LocalBlobs LocalBlobs { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A prepared store on a new bucket.</summary>
    public static async Task<S3TestStore> CreateAsync(CephServer server, string cacheDir, TimeProvider clock)
    {
        var store = new S3TestStore(await server.NewBucketAsync(cacheDir), clock);
        await store.Store.PrepareAsync(Ct);
        return store;
    }

    /// <summary>All files in the node's folder.</summary>
    public List<string> LocalFiles() => Directory.Exists(Options.CacheDir) ? [.. Directory.EnumerateFiles(Options.CacheDir, "*", SearchOption.AllDirectories)] : [];

    /// <summary>The keys of all objects, those that are no blobs included.</summary>
    public async Task<List<string>> KeysAsync() =>
        [.. ((await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Options.Bucket }, Ct)).S3Objects ?? []).Select(found => found.Key)];

    /// <summary>Puts an object as another program would, or as a store that lost some of its bytes would show it.</summary>
    public Task PutRawAsync(string key, byte[] bytes, string? digest) => PutRawAsync(new PutObjectRequest
    {
        BucketName = Options.Bucket, Key = key, InputStream = new MemoryStream(bytes), UseChunkEncoding = false,
    }, digest);

    /// <summary>Removes the bucket's objects and the bucket.</summary>
    public async Task RemoveBucketAsync()
    {
        foreach (var key in await KeysAsync())
        {
            await _client.DeleteObjectAsync(Options.Bucket, key, Ct);
        }

        await _client.DeleteBucketAsync(Options.Bucket, Ct);
    }

    public void Dispose()
    {
        Copies.Dispose();
        _connection.Dispose();
        _client.Dispose();
        _http.Dispose();
    }

    private Task PutRawAsync(PutObjectRequest request, string? digest)
    {
        if (digest is not null)
        {
            request.Metadata[S3BlobStore.DigestName] = digest;
        }

        return _client.PutObjectAsync(request, Ct);
    }
}
