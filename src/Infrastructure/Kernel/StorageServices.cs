using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Idempotency;
using Idp.Application.Kernel.Work;
using Idp.Infrastructure.Kernel.Ai.Postgres;
using Idp.Infrastructure.Kernel.Ai.Sqlite;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Infrastructure.Kernel.Caching;
using Idp.Infrastructure.Kernel.Concurrency.Postgres;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Postgres;
using Idp.Infrastructure.Kernel.Costs.Sqlite;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Idempotency.Postgres;
using Idp.Infrastructure.Kernel.Idempotency.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Kernel;

/// <summary>Registers what every module stores with: database, blobs, cache, events, work, calls and their costs.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the stores. <see cref="StorageOptions"/>, <see cref="BudgetOptions"/> and a <see cref="TimeProvider"/> must be registered too, and every
    /// <see cref="IPreparedAtStart"/> called before the first use.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="database">Says which database.</param>
    /// <param name="storage">Says where blobs are kept; for S3, <see cref="S3Options"/> must be registered too.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, DatabaseOptions database, StorageOptions storage)
    {
        services
            .AddSingleton(static _ => ProcessIdentity.Current())
            .AddSingleton<WorkSignal>()
            .AddSingleton<SettlementSignal>();
        return (database.IsPostgres ? services.AddPostgres() : services.AddSqlite())
            .AddBlobs(storage)
            .AddSingleton<IResultCache, BlobResultCache>();
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services) => services
        .AddSingleton<SqliteDatabase>()
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<SqliteDatabase>())
        .AddSingleton<IEventLog, SqliteEventLog>()
        .AddSingleton<IEventAppender, SqliteEventAppender>()
        .AddSingleton<IIdempotencyStore, SqliteIdempotencyStore>()
        .AddSingleton<IWorkQueue, SqliteWorkQueue>()
        .AddSingleton<SqliteCallJournal>()
        .AddSingleton<ICallJournal>(static provider => provider.GetRequiredService<SqliteCallJournal>())
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<SqliteCallJournal>())
        .AddSingleton<ICostLedger, SqliteCostLedger>()
        .AddSingleton<IModelLimitStore, SqliteModelLimitStore>();

    private static IServiceCollection AddPostgres(this IServiceCollection services) => services
        .AddSingleton<PostgresDatabase>()
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<PostgresDatabase>())
        .AddSingleton<PostgresLiveness>()
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<PostgresLiveness>())
        .AddSingleton<PostgresListener>()
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<PostgresListener>())
        .AddSingleton<IEventLog, PostgresEventLog>()
        .AddSingleton<IEventAppender, PostgresEventAppender>()
        .AddSingleton<IIdempotencyStore, PostgresIdempotencyStore>()
        .AddSingleton<IWorkQueue, PostgresWorkQueue>()
        .AddSingleton<PostgresCallJournal>()
        .AddSingleton<ICallJournal>(static provider => provider.GetRequiredService<PostgresCallJournal>())
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<PostgresCallJournal>())
        .AddSingleton<ICostLedger, PostgresCostLedger>()
        .AddSingleton<IModelLimitStore, PostgresModelLimitStore>()
        .AddSingleton<ISharedGates, PostgresSharedGates>();
}
