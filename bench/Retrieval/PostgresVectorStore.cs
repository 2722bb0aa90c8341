using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;
using Idp.Bench.Workers;
using Idp.Infrastructure.Documents.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Retrieval.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Bench.Retrieval;

/// <summary>Vectors in PostgreSQL, which come before pgvector and are searched by it.</summary>
internal sealed class PostgresVectorStore : IVectorStore
{
    private const int Port = 25432;

    private readonly ClusterDatabase _server;
    private readonly WorkSignal _signal = new(TimeProvider.System);
    private readonly PostgresDatabase _database;
    private readonly NearestIndexes _none;
    private readonly NearestIndexes _indexes;
    private PostgresVectorIndex _vectors;

    private PostgresVectorStore(ClusterDatabase server)
    {
        _server = server;
        _database = new PostgresDatabase(Options("auto"), TimeProvider.System);
        _none = new NearestIndexes(_database, Options("memory"), NullLogger<NearestIndexes>.Instance);
        _indexes = new NearestIndexes(_database, Options("auto"), NullLogger<NearestIndexes>.Instance);
        _vectors = new PostgresVectorIndex(_database, _none);
    }

    public IDocumentRepository Documents => new PostgresDocumentRepository(_database, ProcessIdentity.Current(), _signal);

    public IChunkIndex Chunks => new PostgresChunkIndex(_database);

    public IVectorIndex Vectors => _vectors;

    /// <summary>Starts a server in a container.</summary>
    public static async Task<PostgresVectorStore> StartAsync(CancellationToken ct) => new(await ClusterDatabase.StartAsync(Port, ct));

    public async Task IndexAsync(int dimensions, CancellationToken ct)
    {
        (await _indexes.MakeAsync(dimensions, ct)).ShouldBeTrue();
        _vectors.Dispose();
        _vectors = new PostgresVectorIndex(_database, _indexes);
    }

    public async ValueTask DisposeAsync()
    {
        _vectors.Dispose();
        await _none.DisposeAsync();
        await _indexes.DisposeAsync();
        await _database.DisposeAsync();
        _signal.Dispose();
        await _server.DisposeAsync();
    }

    private DatabaseOptions Options(string search) => new() { Provider = "postgresql", ConnectionString = _server.ConnectionString, VectorSearch = search };
}
