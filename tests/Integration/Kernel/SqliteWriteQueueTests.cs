using Dapper;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Kernel;

public sealed class SqliteWriteQueueTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_share_a_commit_stand_or_fall_each_by_itself()
    {
        var (holding, release) = Hold();
        var kept = InsertAsync("kept", _ => true);
        var undone = InsertAsync("undone", _ => false);
        var broken = InsertAsync("broken", _ => throw new InvalidTimeZoneException());
        var wrong = _database.Database.WriteAsync(connection => connection.ExecuteAsync("INSERT INTO nowhere VALUES (1)"), Ct);
        var last = InsertAsync("last", _ => true);

        release.SetResult();

        (await holding).ShouldBeTrue();
        (await kept).ShouldBeTrue();
        (await undone).ShouldBeFalse();
        await Should.ThrowAsync<InvalidTimeZoneException>(() => broken);
        await Should.ThrowAsync<SqliteException>(() => wrong);
        (await last).ShouldBeTrue();
        (await SubjectsAsync()).ShouldBe(["kept", "last"]);
    }

    [Fact]
    public async Task What_is_urgent_goes_before_what_has_waited_longer()
    {
        var (_, release) = Hold();
        var order = new List<string>();
        var ordinary = _database.Database.TryCommitAsync(_ => Note("ordinary"), Ct);
        var urgent = _database.Database.TryCommitAsync(_ => Note("urgent"), WriteRank.Urgent, Ct);

        release.SetResult();
        await Task.WhenAll(ordinary, urgent);

        order.ShouldBe(["urgent", "ordinary"]);

        Task<bool> Note(string name)
        {
            order.Add(name);
            return Task.FromResult(true);
        }
    }

    [Fact]
    public async Task Who_is_cancelled_while_waiting_writes_nothing()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var (_, release) = Hold();
        var cancelled = _database.Database.TryCommitAsync(transaction => InsertAsync(transaction, "cancelled", true), cancellation.Token);
        var other = InsertAsync("other", _ => true);
        await cancellation.CancelAsync();

        release.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        await other;
        (await SubjectsAsync()).ShouldBe(["other"]);
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => Task.Run(() => InsertAsync($"{number:000}", _ => true), Ct)));

        (await SubjectsAsync()).ShouldBe(Enumerable.Range(0, 300).Select(number => $"{number:000}"));
    }

    public void Dispose() => _database.Dispose();

    /// <summary>Keeps the only place to write, so that those who come meanwhile share the next commit.</summary>
    private (Task<bool> Holding, TaskCompletionSource Release) Hold()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = _database.Database.TryCommitAsync(
            async _ =>
            {
                await release.Task;
                return true;
            },
            Ct);
        return (holding, release);
    }

    private Task<bool> InsertAsync(string subject, Func<SqliteTransaction, bool> answer) =>
        _database.Database.TryCommitAsync(
            async transaction =>
            {
                await InsertAsync(transaction, subject, true);
                return answer(transaction);
            },
            Ct);

    private static async Task<bool> InsertAsync(SqliteTransaction transaction, string subject, bool answer)
    {
        await transaction.Connection!.ExecuteAsync(
            "INSERT INTO events (subject, name, data, at) VALUES (@Subject, 'b', '{}', '')", new { Subject = subject }, transaction);
        return answer;
    }

    private async Task<IReadOnlyList<string>> SubjectsAsync()
    {
        await using var connection = await _database.Database.OpenAsync(Ct);
        return [.. await connection.QueryAsync<string>("SELECT subject FROM events ORDER BY subject")];
    }
}
