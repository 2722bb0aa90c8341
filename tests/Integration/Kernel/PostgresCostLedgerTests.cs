using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel.Costs;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PostgresCostLedgerTests(PostgresServer server) : CostLedgerContract, IAsyncLifetime
{
    private PostgresTestCalls _calls = null!;
    private ICallJournal _journal = null!;
    private ICostLedger _ledger = null!;

    protected override ICallJournal Journal => _journal;

    protected override ICostLedger Ledger => _ledger;

    protected override ManualTimeProvider Clock => _calls.Database.Clock;

    [Fact]
    public async Task Nodes_that_reserve_at_the_same_time_never_pass_a_cap_and_never_stand_in_each_others_way()
    {
        var scope = BudgetScope.Of(CallSamples.Document);
        await Ledger.SetCapAsync(scope, CallSamples.Cents(20), Ct);
        var nodes = Enumerable.Range(0, 4).Select(_ => _calls.OfLivingProcess()).ToList();

        var granted = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                var intent = CallSamples.Intent(Clock.GetUtcNow(), Clock);
                await node.Journal.BeginAsync(intent, Ct);
                return (await node.Ledger.ReserveAsync(intent.Id, CallSamples.Cents(3), Ct)).Answer == ReservationAnswer.Granted;
            },
            Ct))));

        granted.Count(isGranted => isGranted).ShouldBe(6);
        (await Ledger.FindBudgetAsync(scope, Ct)).Held.ShouldBe(CallSamples.Cents(18));
    }

    public async ValueTask InitializeAsync()
    {
        _calls = await PostgresTestCalls.CreateAsync(server);
        (_journal, _ledger) = _calls.Here();
    }

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _calls?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess() => _calls.OfDeadProcess();

    protected override ICostLedger With(BudgetOptions options) => _calls.OfLivingProcess(options).Ledger;
}
