using Dapper;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Events.Postgres;

/// <summary>
/// Reads the table of events. Whoever appends holds a lock from the drawing of its sequences to its commit, so that events become visible in the order of their
/// sequences and no reader skips one.
/// </summary>
internal sealed class PostgresEventLog(PostgresDatabase database) : IEventLog
{
    private const int LargestLimit = 1_000;

    private const string Columns = "SELECT sequence AS Sequence, subject AS Subject, batch AS Batch, name AS Name, data AS Data, at AS At FROM events";

    private const string ReadAll = Columns + " WHERE sequence > @After ORDER BY sequence LIMIT @Limit";

    // Two walks along an index that stop after a page each; one condition with OR would sort everything that a batch ever said for each page.
    private const string ReadSubject = $"""
        (({Columns} WHERE subject = @Subject AND sequence > @After ORDER BY sequence LIMIT @Limit)
        UNION
        ({Columns} WHERE batch = @Subject AND sequence > @After ORDER BY sequence LIMIT @Limit))
        ORDER BY Sequence LIMIT @Limit
        """;

    private const string Last = "SELECT coalesce(max(sequence), 0) FROM events";

    /// <summary>Notices wake sooner; this is for those that were lost with a connection.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public Task<ValueList<LoggedEvent>> ReadAsync(string? subject, long after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LargestLimit);
        return database.ReadAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                    subject is null ? ReadAll : ReadSubject, new { Subject = subject, After = after, Limit = limit }, cancellationToken: ct));
                return rows.Select(static row => row.ToEvent()).ToValueList();
            },
            ct);
    }

    /// <inheritdoc />
    public Task<long> LastSequenceAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(Last, cancellationToken: ct)), ct);

    /// <inheritdoc />
    public async Task WaitForEventsAsync(long after, CancellationToken ct)
    {
        while (true)
        {
            // Asked for before the look, so that a commit between the two is not slept through.
            var commit = database.Commits.Next;
            if (await LastSequenceAsync(ct) > after)
            {
                return;
            }

            await database.Commits.WaitAsync(commit, PollInterval, ct);
        }
    }

    private sealed record Row(long Sequence, string Subject, string? Batch, string Name, string Data, string At)
    {
        public LoggedEvent ToEvent() => new(Sequence, Subject, Name, Data, TimeText.Parse(At)) { Batch = Batch };
    }
}
