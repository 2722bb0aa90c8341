using Idp.Application.Retrieval.Ports;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Retrieval.Postgres;
using Idp.Infrastructure.Retrieval.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Retrieval;

/// <summary>Registers the store of knowledge, the index of chunks and that of their vectors.</summary>
public static class RetrievalServices
{
    /// <summary>Adds all of them; <see cref="Kernel.StorageServices.AddStorage"/> must be called too.</summary>
    public static IServiceCollection AddRetrievalStore(this IServiceCollection services, DatabaseOptions database) => database.IsPostgres
        ? services.AddSingleton<IKnowledgeRepository, PostgresKnowledgeRepository>().AddSingleton<IChunkIndex, PostgresChunkIndex>().AddSingleton<IVectorIndex, PostgresVectorIndex>()
            .AddSingleton<NearestIndexes>().AddSingleton<IWarmedUp>(static provider => provider.GetRequiredService<NearestIndexes>())
            .AddSingleton<IKnowledgeBacklog, PostgresKnowledgeBacklog>()
        : services.AddSingleton<IKnowledgeRepository, SqliteKnowledgeRepository>().AddSingleton<IChunkIndex, SqliteChunkIndex>().AddSingleton<IVectorIndex, SqliteVectorIndex>()
            .AddSingleton<IKnowledgeBacklog, SqliteKnowledgeBacklog>();
}
