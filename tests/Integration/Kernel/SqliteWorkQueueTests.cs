using System.Diagnostics;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class SqliteWorkQueueTests : WorkQueueContract, IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    private readonly TestDatabase _database = new();
    private readonly WorkSignal _signal;
    private int _nodes;

    public SqliteWorkQueueTests()
    {
        _signal = new WorkSignal(Clock);
        Queue = new SqliteWorkQueue(_database.Database, ProcessIdentity.Current(), _signal, Clock);
    }

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IWorkQueue Queue { get; }

    [Fact]
    public async Task The_leases_of_a_dead_process_of_this_machine_are_freed()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await QueueOf(await EndedProcessAsync()).ClaimAsync(Lease, Ct);

        (await Queue.TakeOverFromDeadProcessesAsync(Ct)).ShouldBe(1);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(item.ShouldNotBeNull());
    }

    [Fact]
    public async Task The_leases_of_an_earlier_process_of_the_same_number_are_freed()
    {
        await AddAsync(NewItem("doc_a"));
        var current = ProcessIdentity.Current();
        await QueueOf(current with { StartTicks = current.StartTicks - 1 }).ClaimAsync(Lease, Ct);

        (await Queue.TakeOverFromDeadProcessesAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task The_leases_of_a_living_process_are_left_alone()
    {
        using var living = Process.Start("sleep", "600");
        try
        {
            await AddAsync(NewItem("doc_a"));
            await QueueOf(ProcessIdentity.Of(living.Id).ShouldNotBeNull()).ClaimAsync(Lease, Ct);

            (await Queue.TakeOverFromDeadProcessesAsync(Ct)).ShouldBe(0);
        }
        finally
        {
            living.Kill();
        }
    }

    [Fact]
    public async Task Of_other_machines_nothing_is_known_and_their_leases_run_out_by_themselves()
    {
        await AddAsync(NewItem("doc_a"));
        await QueueOf((await EndedProcessAsync()) with { Machine = "elsewhere" }).ClaimAsync(Lease, Ct);

        (await Queue.TakeOverFromDeadProcessesAsync(Ct)).ShouldBe(0);
    }

    public void Dispose()
    {
        _signal.Dispose();
        _database.Dispose();
    }

    protected override IWorkQueue AnotherNode() =>
        new SqliteWorkQueue(_database.Open(), new ProcessIdentity("another", ++_nodes, 1), _signal, Clock);

    protected override Task AddAsync(WorkItem item) => _database.AddWorkAsync(item);

    private SqliteWorkQueue QueueOf(ProcessIdentity process) => new(_database.Database, process, _signal, Clock);

    private static async Task<ProcessIdentity> EndedProcessAsync()
    {
        using var process = Process.Start("sleep", "600");
        var identity = ProcessIdentity.Of(process.Id).ShouldNotBeNull();
        process.Kill();
        await process.WaitForExitAsync(Ct);
        return identity;
    }
}
