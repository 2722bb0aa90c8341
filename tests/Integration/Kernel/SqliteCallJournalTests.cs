using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class SqliteCallJournalTests : CallJournalContract, IDisposable
{
    private readonly TestCalls _calls = new();

    public SqliteCallJournalTests()
    {
        (Journal, Ledger) = _calls.Here();
        Events = new SqliteEventLog(_calls.Database.Database);
    }

    protected override ICallJournal Journal { get; }

    protected override ICostLedger Ledger { get; }

    protected override IEventLog Events { get; }

    protected override ManualTimeProvider Clock => _calls.Database.Clock;

    public void Dispose() => _calls.Dispose();

    protected override (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess() => _calls.OfDeadProcess();

    protected override (ICallJournal Journal, ICostLedger Ledger) OfLivingProcess() => _calls.OfLivingProcess();
}
