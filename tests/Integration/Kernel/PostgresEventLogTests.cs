using Dapper;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Events.Postgres;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PostgresEventLogTests(PostgresServer server) : EventLogContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;

    protected override IEventLog Log => new PostgresEventLog(_database.Database);

    protected override ManualTimeProvider Clock => _database.Clock;

    [Fact]
    public async Task No_event_becomes_visible_after_one_with_a_later_sequence()
    {
        // One transaction has its sequences and is not committed yet while another wants to append.
        await using var slow = await _database.Database.OpenAsync(Ct);
        await using var transaction = await slow.BeginTransactionAsync(Ct);
        var unit = new Infrastructure.Kernel.Sql.Postgres.PostgresTransaction(slow, transaction, Ct);
        unit.Append([new NewEvent("doc_slow", "first", "{}")]);
        await unit.FinishAsync(Clock.GetUtcNow());
        var fast = AppendElsewhereAsync([new NewEvent("doc_fast", "second", "{}")]);
        await UntilSomebodyWaitsAsync();

        (await Log.ReadAsync(null, 0, 10, Ct)).ShouldBeEmpty();
        await transaction.CommitAsync(Ct);
        await fast;

        (await Log.ReadAsync(null, 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_reader_that_follows_many_appenders_sees_every_event_once_and_in_order()
    {
        const int Appenders = 6;
        const int Each = 25;
        var nodes = Enumerable.Range(0, Appenders).Select(_ => _database.Open()).ToList();
        var appending = Task.WhenAll(nodes.Select(node => Task.Run(() => AppendAllAsync(node), Ct)));
        var seen = new List<long>();
        while (seen.Count < Appenders * Each)
        {
            seen.AddRange((await Log.ReadAsync(null, seen.LastOrDefault(), 7, Ct)).Select(logged => logged.Sequence));
            appending.IsFaulted.ShouldBeFalse();
        }

        await appending;
        seen.ShouldBeUnique();
        seen.ShouldBe(seen.Order());
        (await Log.LastSequenceAsync(Ct)).ShouldBe(seen[^1]);

        async Task AppendAllAsync(Infrastructure.Kernel.Sql.Postgres.PostgresDatabase node)
        {
            for (var number = 0; number < Each; number++)
            {
                await _database.AppendAsync([new NewEvent("doc_a", "happened", "{}")], node);
            }
        }
    }

    public async ValueTask InitializeAsync() => _database = await PostgresTestDatabase.CreateAsync(server);

    // Null when the test was skipped before it had one.
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task AppendAsync(ValueList<NewEvent> events) => _database.AppendAsync(events);

    protected override Task AppendElsewhereAsync(ValueList<NewEvent> events) => _database.AppendAsync(events, _database.Open());

    private async Task UntilSomebodyWaitsAsync()
    {
        await using var connection = await _database.Database.OpenAsync(Ct);
        while (await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
        }
    }
}
