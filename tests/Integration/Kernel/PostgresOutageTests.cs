using Idp.Application.Kernel;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Concurrency.Postgres;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Postgres;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Integration.Containers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Kernel;

/// <summary>A server of its own, which is stopped and started.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private PostgresServer.Running _server = null!;
    private PostgresDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        await _server.ExecuteAsync("CREATE DATABASE idp");
        _database = NewNode();
        await _database.PrepareAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _database.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_as_unavailable_and_used_again_when_it_is_back()
    {
        var log = new PostgresEventLog(_database);
        var appender = new PostgresEventAppender(_database);
        await appender.AppendAsync([new NewEvent("doc_a", "before", "{}")], Ct);
        await _server.StopAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => log.LastSequenceAsync(Ct));
        await Should.ThrowAsync<StoreUnavailableException>(() => appender.AppendAsync([new NewEvent("doc_a", "lost", "{}")], Ct));

        await _server.StartAgainAsync();
        await _server.WaitUntilItAnswersAsync();
        await appender.AppendAsync([new NewEvent("doc_a", "after", "{}")], Ct);
        (await log.ReadAsync(null, 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_reply_that_comes_while_the_server_is_away_is_kept()
    {
        var signal = new SettlementSignal(TimeProvider.System);
        var journal = new PostgresCallJournal(_database, ProcessIdentity.Current(), signal, TimeProvider.System);
        var ledger = new PostgresCostLedger(_database, ProcessIdentity.Current(), new BudgetOptions(), signal, TimeProvider.System);
        var intent = CallSamples.Intent(TimeProvider.System.GetUtcNow(), TimeProvider.System);
        await journal.BeginAsync(intent, Ct);
        await ledger.ReserveAsync(intent.Id, CallSamples.Cents(5), Ct);
        await ledger.MarkSentAsync(intent.Id, Ct);
        await _server.StopAsync();

        var keeping = journal.CompleteAsync(intent.Id, CallSamples.Reply("paid", 1), CallSamples.Cents(2), ["page a"], Ct);
        await _server.StartAgainAsync();
        await keeping;

        (await journal.FindReplyAsync(CallSamples.Key(), "run_a", Ct)).ShouldNotBeNull().Content.ShouldBe("paid");
        (await ledger.FindBudgetAsync(BudgetScope.Of(CallSamples.Document), Ct)).Spent.ShouldBe(CallSamples.Cents(2));
    }

    [Fact]
    public async Task While_the_server_is_away_calls_in_flight_end_and_no_new_one_begins()
    {
        var gates = new PostgresSharedGates(_database, ProcessIdentity.Current(), NullLogger<PostgresSharedGates>.Instance);
        using var gate = new SharedGate(
            new ProviderGateKey("https://models.example", "ab12", "small"), new GateOptions { FixedLimit = 1 }, gates, TimeProvider.System);
        var running = await gate.EnterAsync(Priority.Normal, 0, Ct);
        await _server.StopAsync();

        running.Succeeded(TimeSpan.FromSeconds(1), 0, null);
        var waiting = gate.EnterAsync(Priority.Normal, 0, Ct);
        await Should.ThrowAsync<StoreUnavailableException>(() => new PostgresEventLog(_database).LastSequenceAsync(Ct));
        waiting.IsCompleted.ShouldBeFalse();

        await _server.StartAgainAsync();
        (await waiting).Succeeded(TimeSpan.FromSeconds(1), 0, null);
        gate.Status.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Readers_and_workers_are_woken_by_what_another_node_commits_also_after_the_server_was_away()
    {
        using var work = new WorkSignal(TimeProvider.System);
        await using var listener = new PostgresListener(
            _database, work, new SettlementSignal(TimeProvider.System), TimeProvider.System, NullLogger<PostgresListener>.Instance);
        await listener.PrepareAsync(Ct);
        await listener.Heard;
        await using var another = NewNode();
        await WakesAsync(another);

        await _server.StopAsync();
        await _server.StartAgainAsync();
        await _server.WaitUntilItAnswersAsync();

        // Woken once when the connection is back; from then on by notices again.
        await WakesAsync(another);
    }

    /// <summary>Commits elsewhere until it was heard here: a notice may have been sent before this node listened again.</summary>
    private async Task WakesAsync(PostgresDatabase elsewhere)
    {
        var commit = _database.Commits.Next;
        while (!commit.IsCompleted)
        {
            await new PostgresEventAppender(elsewhere).AppendAsync([new NewEvent("doc_a", "happened", "{}")], Ct);
            await Task.WhenAny(commit, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct));
        }
    }

    private PostgresDatabase NewNode() =>
        new(new DatabaseOptions { Provider = "postgresql", ConnectionString = _server.ConnectionString("idp") }, TimeProvider.System);
}
