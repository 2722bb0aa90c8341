using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Work;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>The contract, by nodes that may look at any time; when they are told to look is what <see cref="RabbitDistributionTests"/> are about.</summary>
public sealed class RabbitWorkQueueTests(PostgresServer postgres, RabbitServer rabbit) : WorkQueueContract, IAsyncLifetime
{
    private readonly List<RabbitTestNode> _nodes = [];
    private readonly List<Task> _connecting = [];
    private PostgresTestDatabase _database = null!;
    private QueueOptions _options = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IWorkQueue Queue => _nodes[0].Queue;

    public async ValueTask InitializeAsync()
    {
        _options = await rabbit.NewQueueAsync();
        _database = await PostgresTestDatabase.CreateAsync(postgres);
        NewNode(ProcessIdentity.Current());
        await Task.WhenAll(_connecting);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_connecting);
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected override IWorkQueue AnotherNode() => NewNode(null).Queue;

    protected override Task AddAsync(WorkItem item) => _nodes[0].AddAsync(item);

    private RabbitTestNode NewNode(ProcessIdentity? process)
    {
        var node = new RabbitTestNode(_database.ConnectionString, _options, Clock, TimeSpan.Zero, process);
        _nodes.Add(node);
        _connecting.Add(node.ConnectAsync());
        return node;
    }
}
