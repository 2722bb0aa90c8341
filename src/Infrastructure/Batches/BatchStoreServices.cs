using Idp.Application.Batches.Ports;
using Idp.Infrastructure.Batches.Postgres;
using Idp.Infrastructure.Batches.Sqlite;
using Idp.Infrastructure.Batches.Zip;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Batches;

/// <summary>Registers the store of batches and the reader of archives.</summary>
public static class BatchStoreServices
{
    /// <summary>Adds both; <see cref="Kernel.StorageServices.AddStorage"/> must be called too.</summary>
    public static IServiceCollection AddBatchStore(this IServiceCollection services, DatabaseOptions database) =>
        (database.IsPostgres
            ? services.AddSingleton<IBatchRepository, PostgresBatchRepository>()
            : services.AddSingleton<IBatchRepository, SqliteBatchRepository>())
        .AddSingleton<IArchiveReader, ZipArchiveReader>();
}
