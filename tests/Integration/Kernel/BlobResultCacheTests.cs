using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Caching;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class BlobResultCacheTests : ResultCacheContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BlobResultCacheTests()
    {
        var clock = new ManualTimeProvider();
        Blobs = new FileSystemBlobStore(new StorageOptions { Root = _folder.Path }, ProcessIdentity.Current(), clock);
        Cache = new BlobResultCache(Blobs, clock);
    }

    protected override IResultCache Cache { get; }

    protected override IBlobStore Blobs { get; }

    public void Dispose() => _folder.Dispose();
}
