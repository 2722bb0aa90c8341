using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Events.Postgres;

/// <summary>Appends events in a transaction of their own.</summary>
internal sealed class PostgresEventAppender(PostgresDatabase database) : IEventAppender
{
    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        if (events.Count > 0)
        {
            await database.TryCommitAsync(
                transaction =>
                {
                    transaction.Append(events);
                    return Task.FromResult(true);
                },
                ct);
        }
    }
}
