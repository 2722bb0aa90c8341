using System.Diagnostics;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sqlite;
using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Integration.Kernel;

/// <summary>Journal and ledger over one SQLite file, as several processes see them.</summary>
internal sealed class TestCalls : IDisposable
{
    private int _dead;
    private int _elsewhere;
    private Process? _mortal;

    public TestDatabase Database { get; } = new();

    /// <summary>This process.</summary>
    public (ICallJournal Journal, ICostLedger Ledger) Here() => Of(ProcessIdentity.Current(), new BudgetOptions());

    /// <summary>An earlier process of this machine with the number of this one; it lives no more, and can be used all the same.</summary>
    public (ICallJournal Journal, ICostLedger Ledger) OfDeadProcess() =>
        Of(ProcessIdentity.Current() with { StartTicks = ProcessIdentity.Current().StartTicks - ++_dead }, new BudgetOptions());

    /// <summary>A process of this machine that lives until this is asked again.</summary>
    public (ICallJournal Journal, ICostLedger Ledger) OfMortalProcess()
    {
        KillMortal();
        _mortal = Process.Start("sleep", "600");
        return Of(ProcessIdentity.Of(_mortal.Id).ShouldNotBeNull(), new BudgetOptions());
    }

    /// <summary>A process of another machine, of which nothing can be said.</summary>
    public (ICallJournal Journal, ICostLedger Ledger) OfLivingProcess(BudgetOptions? options = null) =>
        Of(new ProcessIdentity("elsewhere", ++_elsewhere, 1), options ?? new BudgetOptions());

    public void Dispose()
    {
        KillMortal();
        Database.Dispose();
    }

    private void KillMortal()
    {
        _mortal?.Kill();
        _mortal?.WaitForExit();
        _mortal?.Dispose();
        _mortal = null;
    }

    private (ICallJournal Journal, ICostLedger Ledger) Of(ProcessIdentity process, BudgetOptions options)
    {
        var database = Database.Open();
        var signal = new SettlementSignal(Database.Clock);
        return (new SqliteCallJournal(database, process, signal, Database.Clock), new SqliteCostLedger(database, process, options, signal, Database.Clock));
    }
}
