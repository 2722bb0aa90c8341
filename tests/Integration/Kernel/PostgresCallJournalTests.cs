using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PostgresCallJournalTests(PostgresServer server) : CallJournalContract, IAsyncLifetime
{
    private PostgresTestCalls _calls = null!;
    private ICallJournal _journal = null!;
    private ICostLedger _ledger = null!;

    protected override ICallJournal Journal => _journal;

    protected override ICostLedger Ledger => _ledger;

    protected override ManualTimeProvider Clock => _calls.Database.Clock;

    protected override IEventLog Events => new PostgresEventLog(_calls.Database.Database);

    [Fact]
    public async Task What_a_node_elsewhere_left_is_settled_when_it_has_not_told_for_a_while_that_it_lives()
    {
        var node = _calls.Elsewhere();
        var (journal, ledger) = _calls.Of(node, new BudgetOptions());
        await _calls.Database.BeatAsync(node);
        var intent = CallSamples.Intent(Clock.GetUtcNow(), Clock);
        await journal.BeginAsync(intent, Ct);
        await ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);
        await ledger.MarkSentAsync(intent.Id, Ct);

        (await Journal.RecoverAsync(Ct)).ShouldBe(0);
        Clock.Advance(PostgresTestDatabase.Life);
        (await Journal.RecoverAsync(Ct)).ShouldBe(1);

        var budget = await Ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct);
        (budget.Spent, budget.Held).ShouldBe((CallSamples.Cents(5), Money.Zero));
    }

    public async ValueTask InitializeAsync()
    {
        _calls = await PostgresTestCalls.CreateAsync(server);
        (_journal, _ledger) = _calls.Here();
    }

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _calls?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess() => _calls.OfDeadProcess();

    protected override (ICallJournal Journal, ICostLedger Ledger) OfLivingProcess() => _calls.OfLivingProcess();
}
