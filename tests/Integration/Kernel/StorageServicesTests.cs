using Idp.Application.Documents.Ports;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Infrastructure.Documents;
using Idp.Infrastructure.Extraction;
using Idp.Infrastructure.Extraction.Schemas;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Integration.Containers;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Integration.Kernel;

public sealed class StorageServicesTests(PostgresServer server, CephServer ceph) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public Task Every_store_can_be_resolved_and_prepared_with_sqlite() =>
        ResolveAsync(new DatabaseOptions { ConnectionString = _folder.File("root/idp.db") }, OnDisk(), prepared: 4);

    [Fact]
    public async Task Every_store_can_be_resolved_and_prepared_with_s3() => await ResolveAsync(
        new DatabaseOptions { ConnectionString = _folder.File("idp.db") }, new StorageOptions { Provider = "s3" }, prepared: 4, await ceph.NewBucketAsync(_folder.File("cache")));

    [Fact]
    public async Task Every_store_can_be_resolved_and_prepared_with_postgresql()
    {
        var connectionString = await server.CreateDatabaseAsync();

        await ResolveAsync(new DatabaseOptions { Provider = "postgresql", ConnectionString = connectionString }, OnDisk(), prepared: 6);

        await server.DropDatabaseAsync(connectionString);
    }

    public void Dispose() => _folder.Dispose();

    private StorageOptions OnDisk() => new() { Root = _folder.File("root") };

    private async Task ResolveAsync(DatabaseOptions database, StorageOptions storage, int prepared, S3Options? s3 = null)
    {
        Directory.CreateDirectory(_folder.File("schemas"));
        await using var provider = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddSingleton(storage)
            .AddSingleton(s3 ?? new S3Options())
            .AddSingleton(database)
            .AddSingleton(new BudgetOptions())
            .AddSingleton(new SchemaOptions { Folder = _folder.File("schemas") })
            .AddStorage(database, storage)
            .AddDocumentStore(database)
            .AddExtractionStore(database)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        foreach (var adapter in provider.GetServices<IPreparedAtStart>())
        {
            await adapter.PrepareAsync(TestContext.Current.CancellationToken);
        }

        Type[] ports =
        [
            typeof(IBlobStore), typeof(ILocalBlobs), typeof(IResultCache), typeof(IEventLog), typeof(IWorkQueue),
            typeof(ICallJournal), typeof(ICostLedger), typeof(IModelLimitStore),
            typeof(IDocumentRepository), typeof(IExtractionRepository), typeof(IReviewRepository), typeof(ISchemaCatalog),
        ];
        ports.ShouldAllBe(port => provider.GetService(port) != null);
        provider.GetServices<IPreparedAtStart>().Count().ShouldBe(prepared);
    }
}
