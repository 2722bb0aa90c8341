using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Infrastructure.Documents.Sqlite;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Infrastructure.Retrieval.Sqlite;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Retrieval;

public sealed class SqliteChunkIndexTests : ChunkIndexContract, IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;

    public SqliteChunkIndexTests()
    {
        _signal = new WorkSignal(Clock);
        Index = new SqliteChunkIndex(_database.Database);
        Documents = new SqliteDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IChunkIndex Index { get; }

    protected override IDocumentRepository Documents { get; }

    public void Dispose()
    {
        _signal.Dispose();
        _database.Dispose();
    }
}

public sealed class SqliteKnowledgeRepositoryTests : KnowledgeRepositoryContract, IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;

    public SqliteKnowledgeRepositoryTests()
    {
        _signal = new WorkSignal(Clock);
        Knowledge = new SqliteKnowledgeRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
        Events = new SqliteEventLog(_database.Database);
        Documents = new SqliteDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
        Queue = new SqliteWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IKnowledgeRepository Knowledge { get; }

    protected override IEventLog Events { get; }

    protected override IDocumentRepository Documents { get; }

    protected override IWorkQueue Queue { get; }

    public void Dispose()
    {
        _signal.Dispose();
        _database.Dispose();
    }
}

public sealed class SqliteVectorIndexTests : VectorIndexContract, IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;
    private readonly SqliteVectorIndex _vectors;

    public SqliteVectorIndexTests()
    {
        _signal = new WorkSignal(Clock);
        _vectors = new SqliteVectorIndex(_database.Database);
        Chunks = new SqliteChunkIndex(_database.Database);
        Documents = new SqliteDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IVectorIndex Vectors => _vectors;

    protected override IChunkIndex Chunks { get; }

    protected override IDocumentRepository Documents { get; }

    public void Dispose()
    {
        _vectors.Dispose();
        _signal.Dispose();
        _database.Dispose();
    }
}

public sealed class SqliteKnowledgeBacklogTests : KnowledgeBacklogContract, IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;
    private readonly SqliteVectorIndex _vectors;

    public SqliteKnowledgeBacklogTests()
    {
        _signal = new WorkSignal(Clock);
        _vectors = new SqliteVectorIndex(_database.Database);
        Backlog = new SqliteKnowledgeBacklog(_database.Database, _signal);
        Chunks = new SqliteChunkIndex(_database.Database);
        Knowledge = new SqliteKnowledgeRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
        Documents = new SqliteDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal, Clock);
        Queue = new SqliteWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IKnowledgeBacklog Backlog { get; }

    protected override IKnowledgeRepository Knowledge { get; }

    protected override IChunkIndex Chunks { get; }

    protected override IVectorIndex Vectors => _vectors;

    protected override IDocumentRepository Documents { get; }

    protected override IWorkQueue Queue { get; }

    public void Dispose()
    {
        _vectors.Dispose();
        _signal.Dispose();
        _database.Dispose();
    }
}
