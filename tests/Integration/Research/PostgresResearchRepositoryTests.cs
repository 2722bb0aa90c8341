using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Research.Ports;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Research.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Research;

public sealed class PostgresResearchRepositoryTests(PostgresServer server) : ResearchRepositoryContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private WorkSignal _signal = null!;
    private int _nodes;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IResearchRepository Research => NodeOf(_database.Database, ProcessIdentity.Current()).Research;

    protected override IWorkQueue Queue => NodeOf(_database.Database, ProcessIdentity.Current()).Queue;

    protected override IEventLog Events => new PostgresEventLog(_database.Database);

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

    protected override (IResearchRepository Research, IWorkQueue Queue) AnotherNode() => NodeOf(_database.Open(), new ProcessIdentity("another", ++_nodes, 1));

    private (IResearchRepository Research, IWorkQueue Queue) NodeOf(PostgresDatabase database, ProcessIdentity node) =>
        (new PostgresResearchRepository(database, node, _signal, Clock), new PostgresWorkQueue(database, node, _signal, Clock));
}
