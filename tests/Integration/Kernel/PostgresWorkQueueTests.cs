using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PostgresWorkQueueTests(PostgresServer server) : WorkQueueContract, IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    private PostgresTestDatabase _database = null!;
    private WorkSignal _signal = null!;
    private IWorkQueue _queue = null!;
    private int _nodes;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IWorkQueue Queue => _queue;

    [Fact]
    public async Task The_leases_of_an_earlier_process_of_this_machine_are_freed()
    {
        await AddAsync(NewItem("doc_a"));
        var current = ProcessIdentity.Current();
        var item = await QueueOf(current with { StartTicks = current.StartTicks - 1 }).ClaimAsync(Lease, Ct);

        (await Queue.TakeOverFromDeadProcessesAsync(Ct)).ShouldBe(1);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(item.ShouldNotBeNull());
    }

    [Fact]
    public async Task Of_other_machines_nothing_is_known_and_their_leases_run_out_by_themselves()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await AnotherNode().ClaimAsync(Lease, Ct);

        (await Queue.TakeOverFromDeadProcessesAsync(Ct)).ShouldBe(0);

        Clock.Advance(Lease);
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(item.ShouldNotBeNull());
    }

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresTestDatabase.CreateAsync(server);
        _signal = new WorkSignal(Clock);
        _queue = QueueOf(ProcessIdentity.Current());
    }

    public async ValueTask DisposeAsync()
    {
        _signal?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected override IWorkQueue AnotherNode() =>
        new PostgresWorkQueue(_database.Open(), new ProcessIdentity("another", ++_nodes, 1), _signal, Clock);

    protected override Task AddAsync(WorkItem item) => _database.AddWorkAsync(item);

    private PostgresWorkQueue QueueOf(ProcessIdentity process) => new(_database.Database, process, _signal, Clock);
}
