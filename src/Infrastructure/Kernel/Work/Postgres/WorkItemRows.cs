using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Work.Postgres;

/// <summary>Adds and removes work in the transaction that makes it necessary or needless; for the repositories.</summary>
internal static class WorkItemRows
{
    /// <summary>
    /// Says that a message about the items of a table expression <c>changed</c> is due at <c>@Due</c>, and no earlier. Only documents' work has messages: that of other pools
    /// is found by the notices of the database (see <see cref="RabbitMq.RabbitWorkQueue"/>).
    /// </summary>
    public const string Announce = $"""
        INSERT INTO work_outbox (item_id, due_at) SELECT id, @Due FROM changed WHERE pool = '{WorkPools.Documents}'
        ON CONFLICT (item_id) DO UPDATE SET due_at = excluded.due_at
        """;

    private const string Insert = $"""
        WITH changed AS (
            INSERT INTO work_items (id, subject, step, priority, enqueued_at, available_at, order_at, attempts, lane, pool)
            VALUES (@Id, @Subject, @Step, @Priority, @EnqueuedAt, @Due, @OrderAt, @Attempts, @Lane, @Pool)
            RETURNING id, pool)
        {Announce}
        """;

    private const string InsertAll = $"""
        WITH changed AS (
            INSERT INTO work_items (id, subject, step, priority, enqueued_at, available_at, order_at, attempts, lane, pool)
            SELECT id, subject, step, priority, enqueued_at, available_at, order_at, attempts, lane, pool
            FROM unnest(@Ids, @Subjects, @Steps, @Priorities, @EnqueuedAt, @AvailableAt, @OrderAt, @Attempts, @Lanes, @Pools)
                AS added (id, subject, step, priority, enqueued_at, available_at, order_at, attempts, lane, pool)
            RETURNING id, pool, available_at)
        INSERT INTO work_outbox (item_id, due_at) SELECT id, available_at FROM changed WHERE pool = '{WorkPools.Documents}'
        """;

    private const string DeleteHeld = "DELETE FROM work_items WHERE id = @Id AND lease_owner = @Owner";

    private const string DeleteOfSubject = "DELETE FROM work_items WHERE subject = @Subject";

    // Before every moment that an item is ordered by; items hastened alike go by age again.
    private const string Hasten = "UPDATE work_items SET order_at = '' WHERE subject = @Subject";

    /// <summary>Adds an item that nobody holds, and tells all nodes.</summary>
    public static Task AddAsync(PostgresTransaction transaction, WorkItem item)
    {
        transaction.Tell(Notice.Work);
        return transaction.ExecuteAsync(
            Insert,
            new
            {
                Id = item.Id.ToString(),
                item.Subject,
                item.Step,
                Priority = (long)item.Priority,
                EnqueuedAt = TimeText.Of(item.EnqueuedAt),
                Due = TimeText.Of(item.AvailableAt),
                OrderAt = TimeText.Of(Ageing.OrderingTime(item.Priority, item.EnqueuedAt)),
                Attempts = (long)item.Attempts,
                item.Lane,
                item.Pool,
            });
    }

    /// <summary>Adds many items that nobody holds in one statement, and tells all nodes.</summary>
    public static Task AddAllAsync(PostgresTransaction transaction, IReadOnlyList<WorkItem> items)
    {
        transaction.Tell(Notice.Work);
        return transaction.ExecuteAsync(
            InsertAll,
            new
            {
                Ids = items.Select(static item => item.Id.ToString()).ToArray(),
                Subjects = items.Select(static item => item.Subject).ToArray(),
                Steps = items.Select(static item => item.Step).ToArray(),
                Priorities = items.Select(static item => (long)item.Priority).ToArray(),
                EnqueuedAt = items.Select(static item => TimeText.Of(item.EnqueuedAt)).ToArray(),
                AvailableAt = items.Select(static item => TimeText.Of(item.AvailableAt)).ToArray(),
                OrderAt = items.Select(static item => TimeText.Of(Ageing.OrderingTime(item.Priority, item.EnqueuedAt))).ToArray(),
                Attempts = items.Select(static item => (long)item.Attempts).ToArray(),
                Lanes = items.Select(static item => item.Lane).ToArray(),
                Pools = items.Select(static item => item.Pool).ToArray(),
            });
    }

    /// <summary>Removes an item that <paramref name="owner"/> holds; false when it does not.</summary>
    public static async Task<bool> TryFinishAsync(PostgresTransaction transaction, WorkItemId id, ProcessIdentity owner) =>
        await transaction.ExecuteAsync(DeleteHeld, new { Id = id.ToString(), Owner = owner.ToString() }) > 0;

    /// <summary>Removes all work on a subject, whoever holds it.</summary>
    public static Task DropAsync(PostgresTransaction transaction, string subject) => transaction.ExecuteAsync(DeleteOfSubject, new { Subject = subject });

    /// <summary>Makes the waiting work on a subject go before all other.</summary>
    public static Task HastenAsync(PostgresDatabase database, string subject, CancellationToken ct) => database.WriteAsync(Hasten, new { Subject = subject }, ct);
}
