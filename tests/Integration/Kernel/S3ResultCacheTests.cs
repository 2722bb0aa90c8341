using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Infrastructure.Kernel.Caching;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

/// <summary>The cache on S3.</summary>
public sealed class S3ResultCacheTests(CephServer server) : ResultCacheContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private S3TestStore _node = null!;

    protected override IResultCache Cache => _cache;

    protected override IBlobStore Blobs => _node.Store;

    private BlobResultCache _cache = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await S3TestStore.CreateAsync(server, _folder.File("cache"), TimeProvider.System);
        _cache = new BlobResultCache(_node.Store, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        _node?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
