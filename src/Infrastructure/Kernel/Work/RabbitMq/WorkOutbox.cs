using Dapper;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>The table of work items seen as an outbox: which of them a broker still has to be told of.</summary>
/// <remarks>No statement waits for a row that somebody else has locked, so that publishing never stands in the way of work.</remarks>
internal sealed class WorkOutbox(PostgresDatabase database, TimeProvider clock)
{
    /// <summary>Most items published at a time.</summary>
    public const int MostAtOnce = 50;

    private const string IsAvailable = "available_at <= @Now AND (lease_until IS NULL OR lease_until <= @Now)";

    // Never published, or taken by a node that let its lease run out since.
    private const string ListDue = $"""
        SELECT id AS Id, priority AS Priority FROM (
            SELECT id, priority, order_at FROM work_items WHERE published_at IS NULL AND {IsAvailable}
            UNION
            SELECT id, priority, order_at FROM work_items WHERE published_at < lease_until AND {IsAvailable}) AS due
        ORDER BY order_at, id
        LIMIT @Most
        """;

    // Who has locked an item is about to take it.
    private const string MarkPublished =
        "UPDATE work_items SET published_at = @Now WHERE id IN (SELECT id FROM work_items WHERE id = ANY(@Ids) FOR UPDATE SKIP LOCKED)";

    private const string ForgetUnmatched = $"""
        UPDATE work_items SET published_at = NULL WHERE id IN (
            SELECT id FROM work_items WHERE published_at IS NOT NULL AND {IsAvailable}
            ORDER BY order_at, id
            LIMIT greatest(0, (SELECT count(*) FROM work_items WHERE published_at IS NOT NULL AND {IsAvailable}) - @Messages)
            FOR UPDATE SKIP LOCKED)
        """;

    private const string AnyAvailable = $"SELECT EXISTS (SELECT 1 FROM work_items WHERE {IsAvailable})";

    /// <summary>Publishes items that are due, at most <see cref="MostAtOnce"/>; none while another node publishes.</summary>
    /// <param name="publish">Returns when the broker has taken over all; when it throws, all are due again.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many were published.</returns>
    public async Task<int> PublishDueAsync(Func<IReadOnlyList<WorkMessage>, Task> publish, CancellationToken ct)
    {
        var published = 0;
        await database.TryCommitAsync(
            async transaction =>
            {
                if (!await transaction.ScalarAsync<bool>(AdvisoryLock.TryTake, new { Lock = AdvisoryLock.Publishing }))
                {
                    return false;
                }

                var due = (await transaction.QueryAsync<Row>(ListDue, new { Now = Now(), Most = MostAtOnce })).AsList();
                if (due.Count == 0)
                {
                    return false;
                }

                await publish([.. due.Select(static row => new WorkMessage(StrongId.Parse<WorkItemId>(row.Id), (Priority)row.Priority))]);
                await transaction.ExecuteAsync(MarkPublished, new { Now = Now(), Ids = due.Select(static row => row.Id).ToArray() });
                published = due.Count;
                return true;
            },
            ct);
        return published;
    }

    /// <summary>Makes items due again when more wait than the broker has messages for: some were lost.</summary>
    /// <param name="messages">How many messages wait at the broker.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many items are due again.</returns>
    public Task<int> ForgetUnmatchedAsync(long messages, CancellationToken ct) =>
        database.WriteAsync(ForgetUnmatched, new { Now = Now(), Messages = messages }, ct);

    /// <summary>True when there is an item to take, be it locked for the moment.</summary>
    public Task<bool> IsAnyAvailableAsync(CancellationToken ct) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<bool>(new CommandDefinition(AnyAvailable, new { Now = Now() }, cancellationToken: ct)), ct);

    private string Now() => TimeText.Of(clock.GetUtcNow());

    private sealed record Row(string Id, long Priority);
}
