using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Infrastructure.Documents.Postgres;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Retrieval.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Retrieval;

public sealed class PostgresChunkIndexTests(PostgresServer server) : ChunkIndexContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private WorkSignal _signal = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IChunkIndex Index => new PostgresChunkIndex(_database.Database);

    protected override IDocumentRepository Documents => new PostgresDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal);

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresTestDatabase.CreateAsync(server);
        _signal = new WorkSignal(Clock);
    }

    // Null when the test was skipped before it had one.
    public async ValueTask DisposeAsync()
    {
        _signal?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}

public sealed class PostgresKnowledgeRepositoryTests(PostgresServer server) : KnowledgeRepositoryContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private WorkSignal _signal = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IKnowledgeRepository Knowledge => new PostgresKnowledgeRepository(_database.Database, ProcessIdentity.Current());

    protected override IEventLog Events => new PostgresEventLog(_database.Database);

    protected override IDocumentRepository Documents => new PostgresDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal);

    protected override IWorkQueue Queue => new PostgresWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresTestDatabase.CreateAsync(server);
        _signal = new WorkSignal(Clock);
    }

    // Null when the test was skipped before it had one.
    public async ValueTask DisposeAsync()
    {
        _signal?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}

public sealed class PostgresKnowledgeBacklogTests(PostgresServer server) : KnowledgeBacklogContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private NearestIndexes _indexes = null!;
    private PostgresVectorIndex _vectors = null!;
    private WorkSignal _signal = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IKnowledgeBacklog Backlog => new PostgresKnowledgeBacklog(_database.Database);

    protected override IKnowledgeRepository Knowledge => new PostgresKnowledgeRepository(_database.Database, ProcessIdentity.Current());

    protected override IChunkIndex Chunks => new PostgresChunkIndex(_database.Database);

    protected override IVectorIndex Vectors => _vectors;

    protected override IDocumentRepository Documents => new PostgresDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal);

    protected override IWorkQueue Queue => new PostgresWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresTestDatabase.CreateAsync(server);
        _indexes = new NearestIndexes(_database.Database, new DatabaseOptions { Provider = "postgresql", VectorSearch = "memory" }, NullLogger<NearestIndexes>.Instance);
        _vectors = new PostgresVectorIndex(_database.Database, _indexes);
        _signal = new WorkSignal(Clock);
    }

    // Null when the test was skipped before it had one.
    public async ValueTask DisposeAsync()
    {
        _vectors?.Dispose();
        await (_indexes?.DisposeAsync() ?? ValueTask.CompletedTask);
        _signal?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
