using Idp.Application.Extraction.Ports;
using Idp.Infrastructure.Extraction.Postgres;
using Idp.Infrastructure.Extraction.Schemas;
using Idp.Infrastructure.Extraction.Sqlite;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Extraction;

/// <summary>Registers the stores of page maps, results and schemas.</summary>
public static class ExtractionStoreServices
{
    /// <summary>Adds the stores; <see cref="SchemaOptions"/> must be registered, and <see cref="StorageServices.AddStorage"/> called too.</summary>
    public static IServiceCollection AddExtractionStore(this IServiceCollection services, DatabaseOptions database) =>
        (database.IsPostgres
            ? services.AddSingleton<IExtractionRepository, PostgresExtractionRepository>().AddSingleton<IReviewRepository, PostgresReviewRepository>()
            : services.AddSingleton<IExtractionRepository, SqliteExtractionRepository>().AddSingleton<IReviewRepository, SqliteReviewRepository>())
        .AddSingleton<FileSchemaCatalog>()
        .AddSingleton<ISchemaCatalog>(static provider => provider.GetRequiredService<FileSchemaCatalog>())
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<FileSchemaCatalog>());
}
