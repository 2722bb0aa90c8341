using Dapper;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Events.Sqlite;

/// <summary>Appends events in the transaction that makes them true; for the repositories.</summary>
internal static class EventRows
{
    private const string Insert = "INSERT INTO events (subject, batch, name, data, at) VALUES (@Subject, @Batch, @Name, @Data, @At)";

    /// <summary>Appends events in their order. Writers take turns, so a later sequence is also a later commit.</summary>
    public static async Task AppendAsync(SqliteTransaction transaction, IEnumerable<NewEvent> events, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var happened in events)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                Insert, new { happened.Subject, happened.Batch, happened.Name, happened.Data, At = TimeText.Of(at) }, transaction, cancellationToken: ct));
        }
    }
}
