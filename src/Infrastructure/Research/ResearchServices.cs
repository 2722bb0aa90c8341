using Idp.Application.Kernel.Costs;
using Idp.Application.Research.Ports;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Providers;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Research.Csv;
using Idp.Infrastructure.Research.OfflineCorpus;
using Idp.Infrastructure.Research.Postgres;
using Idp.Infrastructure.Research.Rubrics;
using Idp.Infrastructure.Research.Sqlite;
using Idp.Infrastructure.Research.Tavily;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Research;

/// <summary>Registers the store of research, its rubrics, the reader of lists and the search of the web.</summary>
public static class ResearchServices
{
    /// <summary>Adds all of them; their options must be registered, and <see cref="StorageServices.AddStorage"/> called too. Tavily needs the gates of providers.</summary>
    public static IServiceCollection AddResearch(this IServiceCollection services, DatabaseOptions database, WebSearchOptions search) =>
        (database.IsPostgres
            ? services.AddSingleton<IResearchRepository, PostgresResearchRepository>()
            : services.AddSingleton<IResearchRepository, SqliteResearchRepository>())
        .AddSingleton<FileRubricCatalog>()
        .AddSingleton<IRubricCatalog>(static provider => provider.GetRequiredService<FileRubricCatalog>())
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<FileRubricCatalog>())
        .AddSingleton<ICompanyListReader, CsvCompanyListReader>()
        .AddWebSearch(search);

    private static IServiceCollection AddWebSearch(this IServiceCollection services, WebSearchOptions search) => search.IsTavily
        ? services
            .AddSingleton<TavilyTransport>()
            .AddSingleton<TavilyGate>()
            .AddSingleton<CallsElsewhere>()
            .AddSingleton(static provider => new ProviderRetries<WebAnswer>(
                provider.GetRequiredService<TavilyOptions>().MaxAttempts, provider.GetRequiredService<TimeProvider>(), new Random(),
                provider.GetRequiredService<ILogger<TavilySearch>>().SearchRetried))
            .AddSingleton<IWebSearch, TavilySearch>()
        : services.AddSingleton<IWebSearch, OfflineCorpusSearch>();
}
