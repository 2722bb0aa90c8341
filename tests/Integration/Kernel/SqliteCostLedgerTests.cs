using Idp.Application.Kernel.Costs;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class SqliteCostLedgerTests : CostLedgerContract, IDisposable
{
    private readonly TestCalls _calls = new();

    public SqliteCostLedgerTests() => (Journal, Ledger) = _calls.Here();

    protected override ICostLedger Ledger { get; }

    protected override ICallJournal Journal { get; }

    protected override ManualTimeProvider Clock => _calls.Database.Clock;

    public void Dispose() => _calls.Dispose();

    protected override ICostLedger With(BudgetOptions options) => _calls.OfLivingProcess(options).Ledger;

    protected override (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess() => _calls.OfDeadProcess();
}
