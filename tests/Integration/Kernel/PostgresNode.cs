using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Kernel.Concurrency.Postgres;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Kernel;

/// <summary>The shared gates as one of several nodes has them, with its own pool of connections and its own ear.</summary>
internal sealed class PostgresNode : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly WorkSignal _work = new(TimeProvider.System);
    private readonly PostgresListener _listener;

    private PostgresNode(string connectionString, string name)
    {
        _database = new PostgresDatabase(new DatabaseOptions { Provider = "postgresql", ConnectionString = connectionString }, TimeProvider.System);
        _listener = new PostgresListener(
            _database, _work, new SettlementSignal(TimeProvider.System), TimeProvider.System, NullLogger<PostgresListener>.Instance);

        // Of a machine that is not this one: of such a process nobody can say that it is gone.
        Gates = new PostgresSharedGates(_database, new ProcessIdentity($"machine-of-{name}", 1, 1), NullLogger<PostgresSharedGates>.Instance);
    }

    public ISharedGates Gates { get; }

    public static async Task<PostgresNode> StartAsync(string connectionString, string name)
    {
        var node = new PostgresNode(connectionString, name);
        await node._database.PrepareAsync(TestContext.Current.CancellationToken);
        await node._listener.PrepareAsync(TestContext.Current.CancellationToken);
        await node._listener.Heard;
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _database.DisposeAsync();
        _work.Dispose();
    }
}
