using System.Diagnostics;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Integration.Containers;

namespace Idp.Integration.Kernel;

/// <summary>Journal and ledger over one PostgreSQL database, as several nodes see them.</summary>
internal sealed class PostgresTestCalls : IAsyncDisposable
{
    private int _dead;
    private int _elsewhere;
    private Process? _mortal;

    private PostgresTestCalls(PostgresTestDatabase database) => Database = database;

    public PostgresTestDatabase Database { get; }

    public static async Task<PostgresTestCalls> CreateAsync(PostgresServer server) => new(await PostgresTestDatabase.CreateAsync(server));

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

    /// <summary>A process of another machine, of which nothing can be said unless it tells that it lives.</summary>
    public (ICallJournal Journal, ICostLedger Ledger) OfLivingProcess(BudgetOptions? options = null) => Of(Elsewhere(), options ?? new BudgetOptions());

    /// <summary>A process of another machine.</summary>
    public ProcessIdentity Elsewhere() => new("elsewhere", ++_elsewhere, 1);

    public (ICallJournal Journal, ICostLedger Ledger) Of(ProcessIdentity process, BudgetOptions options)
    {
        var database = Database.Open();
        var signal = new SettlementSignal(Database.Clock);
        return (new PostgresCallJournal(database, process, signal, Database.Clock), new PostgresCostLedger(database, process, options, signal, Database.Clock));
    }

    public async ValueTask DisposeAsync()
    {
        KillMortal();
        await Database.DisposeAsync();
    }

    private void KillMortal()
    {
        _mortal?.Kill();
        _mortal?.WaitForExit();
        _mortal?.Dispose();
        _mortal = null;
    }
}
