using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>A real PostgreSQL database of one test's own, with a clock that stands still.</summary>
internal sealed class PostgresTestDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly List<PostgresDatabase> _opened = [];

    private PostgresTestDatabase(PostgresServer server, string connectionString)
    {
        (_server, ConnectionString) = (server, connectionString);
        Database = Open();
    }

    public string ConnectionString { get; }

    public ManualTimeProvider Clock { get; } = new();

    public PostgresDatabase Database { get; }

    /// <summary>How long a node is taken for living after it told so.</summary>
    public static TimeSpan Life => PostgresLiveness.Life;

    public static async Task<PostgresTestDatabase> CreateAsync(PostgresServer server) => new(server, await server.CreateDatabaseAsync());

    /// <summary>The same database as another node would open it.</summary>
    public PostgresDatabase Open()
    {
        var database = new PostgresDatabase(new DatabaseOptions { Provider = "postgresql", ConnectionString = ConnectionString }, Clock);
        _opened.Add(database);
        return database;
    }

    public Task AddWorkAsync(WorkItem item) => Database.TryCommitAsync(
        async transaction =>
        {
            await WorkItemRows.AddAsync(transaction, item);
            return true;
        },
        TestContext.Current.CancellationToken);

    /// <summary>Appends events; through <see cref="Database"/> unless another is given.</summary>
    public Task AppendAsync(ValueList<NewEvent> events, PostgresDatabase? through = null) => (through ?? Database).TryCommitAsync(
        transaction =>
        {
            transaction.Append(events);
            return Task.FromResult(true);
        },
        TestContext.Current.CancellationToken);

    /// <summary>Tells that a node lives.</summary>
    public Task BeatAsync(ProcessIdentity node) => Database.TryCommitAsync(
        async transaction =>
        {
            await NodeRows.BeatAsync(transaction, node, Clock.GetUtcNow() + Life);
            return true;
        },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await _server.DropDatabaseAsync(ConnectionString);
    }
}
