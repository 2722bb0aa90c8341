using Idp.Application.Extraction.Ports;
using Idp.Infrastructure.Extraction.Schemas;
using Idp.Infrastructure.Extraction.Sqlite;
using Idp.Infrastructure.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Extraction;

/// <summary>Registers the stores of page maps, results and schemas.</summary>
public static class ExtractionStoreServices
{
    /// <summary>Adds the stores; <see cref="SchemaOptions"/> must be registered, and <see cref="StorageServices.AddStorage"/> called too.</summary>
    public static IServiceCollection AddExtractionStore(this IServiceCollection services) => services
        .AddSingleton<IExtractionRepository, SqliteExtractionRepository>()
        .AddSingleton<IReviewRepository, SqliteReviewRepository>()
        .AddSingleton<FileSchemaCatalog>()
        .AddSingleton<ISchemaCatalog>(static provider => provider.GetRequiredService<FileSchemaCatalog>())
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<FileSchemaCatalog>());
}
