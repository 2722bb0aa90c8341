using Dapper;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Work.Sqlite;

/// <summary>Adds and removes work in the transaction that makes it necessary or needless; for the repositories.</summary>
internal static class WorkItemRows
{
    private const string Insert = """
        INSERT INTO work_items (id, subject, step, priority, enqueued_at, available_at, order_at, attempts, lane, pool)
        VALUES (@Id, @Subject, @Step, @Priority, @EnqueuedAt, @AvailableAt, @OrderAt, @Attempts, @Lane, @Pool)
        """;

    private const string DeleteHeld = "DELETE FROM work_items WHERE id = @Id AND lease_owner = @Owner";

    private const string DeleteOfSubject = "DELETE FROM work_items WHERE subject = @Subject";

    // Before every moment that an item is ordered by; items hastened alike go by age again.
    private const string Hasten = "UPDATE work_items SET order_at = '' WHERE subject = @Subject";

    /// <summary>Adds an item that nobody holds.</summary>
    public static Task AddAsync(SqliteTransaction transaction, WorkItem item, CancellationToken ct) => transaction.Connection!.ExecuteAsync(
        new CommandDefinition(
            Insert,
            new
            {
                Id = item.Id.ToString(),
                item.Subject,
                item.Step,
                Priority = (long)item.Priority,
                EnqueuedAt = TimeText.Of(item.EnqueuedAt),
                AvailableAt = TimeText.Of(item.AvailableAt),
                OrderAt = TimeText.Of(Ageing.OrderingTime(item.Priority, item.EnqueuedAt)),
                Attempts = (long)item.Attempts,
                item.Lane,
                item.Pool,
            },
            transaction,
            cancellationToken: ct));

    /// <summary>Removes an item that <paramref name="owner"/> holds; false when it does not.</summary>
    public static async Task<bool> TryFinishAsync(SqliteTransaction transaction, WorkItemId id, ProcessIdentity owner, CancellationToken ct) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            DeleteHeld, new { Id = id.ToString(), Owner = owner.ToString() }, transaction, cancellationToken: ct)) > 0;

    /// <summary>Removes all work on a subject, whoever holds it.</summary>
    public static Task DropAsync(SqliteTransaction transaction, string subject, CancellationToken ct) => transaction.Connection!.ExecuteAsync(
        new CommandDefinition(DeleteOfSubject, new { Subject = subject }, transaction, cancellationToken: ct));

    /// <summary>Makes the waiting work on a subject go before all other.</summary>
    public static Task HastenAsync(SqliteConnection connection, string subject, CancellationToken ct) => connection.ExecuteAsync(
        new CommandDefinition(Hasten, new { Subject = subject }, cancellationToken: ct));
}
