using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Kernel.Events.Sqlite;

/// <summary>Appends events in a transaction of their own.</summary>
internal sealed class SqliteEventAppender(SqliteDatabase database, TimeProvider clock) : IEventAppender
{
    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        if (events.Count > 0)
        {
            await database.TryCommitAsync(
                async transaction =>
                {
                    await EventRows.AppendAsync(transaction, events, clock.GetUtcNow(), ct);
                    return true;
                },
                ct);
        }
    }
}
