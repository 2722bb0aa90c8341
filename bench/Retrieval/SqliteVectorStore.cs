using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;
using Idp.Infrastructure.Documents.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Retrieval.Sqlite;
using Idp.Integration;

namespace Idp.Bench.Retrieval;

/// <summary>Vectors in SQLite, searched in memory.</summary>
internal sealed class SqliteVectorStore : IVectorStore
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkSignal _signal = new(TimeProvider.System);
    private readonly SqliteDatabase _database;
    private readonly SqliteVectorIndex _vectors;

    public SqliteVectorStore()
    {
        _database = new SqliteDatabase(new DatabaseOptions { ConnectionString = _folder.File("idp.db") }, TimeProvider.System);
        _vectors = new SqliteVectorIndex(_database);
    }

    public IDocumentRepository Documents => new SqliteDocumentRepository(_database, ProcessIdentity.Current(), _signal, TimeProvider.System);

    public IChunkIndex Chunks => new SqliteChunkIndex(_database);

    public IVectorIndex Vectors => _vectors;

    public Task IndexAsync(int dimensions, CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _vectors.Dispose();
        _database.Dispose();
        _signal.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
