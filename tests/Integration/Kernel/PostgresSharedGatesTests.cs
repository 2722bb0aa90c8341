using Idp.Application.Kernel.Concurrency;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

public sealed class PostgresSharedGatesTests(PostgresServer server) : SharedGatesContract, IAsyncLifetime
{
    private readonly List<PostgresNode> _nodes = [];
    private string? _connectionString;

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        // Null when the test was skipped before it had one.
        if (_connectionString is not null)
        {
            await server.DropDatabaseAsync(_connectionString);
        }
    }

    protected override async Task<ISharedGates> AtAsync(string node)
    {
        var started = await PostgresNode.StartAsync(_connectionString!, node);
        _nodes.Add(started);
        return started.Gates;
    }
}
