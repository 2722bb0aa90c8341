using Dapper;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>Which items of work a broker still has to be told of.</summary>
/// <remarks>While the broker is asked to take messages over, nothing is locked; nor is an item of work ever, so that publishing does not stand in the way of work.</remarks>
internal sealed class WorkOutbox(PostgresDatabase database, TimeProvider clock)
{
    /// <summary>Most items published at a time.</summary>
    public const int MostAtOnce = 50;

    private const string IsAvailable = $"pool = '{WorkPools.Documents}' AND available_at <= @Now AND (lease_until IS NULL OR lease_until <= @Now)";

    private const string IsTold = "NOT EXISTS (SELECT 1 FROM work_outbox WHERE item_id = work_items.id)";

    private const string ListDue = """
        SELECT id AS Id, priority AS Priority FROM work_outbox JOIN work_items ON id = item_id
        WHERE due_at <= @Now
        ORDER BY due_at, id
        LIMIT @Most
        """;

    // What was announced anew meanwhile stays; what is locked is about to be.
    private const string MarkPublished =
        "DELETE FROM work_outbox WHERE item_id IN (SELECT item_id FROM work_outbox WHERE item_id = ANY(@Ids) AND due_at <= @Now FOR UPDATE SKIP LOCKED)";

    // Items are locked before their rows here, as by all others.
    private const string AnnounceMissing = $"""
        INSERT INTO work_outbox (item_id, due_at)
        SELECT id, @Now FROM work_items WHERE {IsAvailable} AND {IsTold}
        ORDER BY order_at, id
        LIMIT greatest(0, (SELECT count(*) FROM work_items WHERE {IsAvailable} AND {IsTold}) - @Messages)
        FOR KEY SHARE SKIP LOCKED
        ON CONFLICT (item_id) DO NOTHING
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

                var now = Now();
                var due = (await transaction.QueryAsync<Row>(ListDue, new { Now = now, Most = MostAtOnce })).AsList();
                if (due.Count == 0)
                {
                    return false;
                }

                await publish([.. due.Select(static row => new WorkMessage(StrongId.Parse<WorkItemId>(row.Id), (Priority)row.Priority))]);
                await transaction.ExecuteAsync(MarkPublished, new { Now = now, Ids = due.Select(static row => row.Id).ToArray() });
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
    public Task<int> AnnounceMissingAsync(long messages, CancellationToken ct) =>
        database.WriteAsync(AnnounceMissing, new { Now = Now(), Messages = messages }, ct);

    /// <summary>True when there is an item of a document to take, be it locked for the moment.</summary>
    public Task<bool> IsAnyAvailableAsync(CancellationToken ct) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<bool>(new CommandDefinition(AnyAvailable, new { Now = Now() }, cancellationToken: ct)), ct);

    private string Now() => TimeText.Of(clock.GetUtcNow());

    private sealed record Row(string Id, long Priority);
}
