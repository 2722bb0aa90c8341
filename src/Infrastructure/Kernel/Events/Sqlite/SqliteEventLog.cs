using Dapper;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Kernel.Events.Sqlite;

/// <summary>Reads the table of events.</summary>
internal sealed class SqliteEventLog(SqliteDatabase database) : IEventLog
{
    private const int LargestLimit = 1_000;

    private const string Columns = "SELECT sequence AS Sequence, subject AS Subject, batch AS Batch, name AS Name, data AS Data, at AS At FROM events";

    private const string ReadAll = Columns + " WHERE sequence > @After ORDER BY sequence LIMIT @Limit";

    // Two walks along an index that stop after a page each; one condition with OR would sort everything that a batch ever said for each page.
    private const string ReadSubject = $"""
        SELECT * FROM ({Columns} WHERE subject = @Subject AND sequence > @After ORDER BY sequence LIMIT @Limit)
        UNION
        SELECT * FROM ({Columns} WHERE batch = @Subject AND sequence > @After ORDER BY sequence LIMIT @Limit)
        ORDER BY Sequence LIMIT @Limit
        """;

    private const string Last = "SELECT coalesce(max(sequence), 0) FROM events";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<ValueList<LoggedEvent>> ReadAsync(string? subject, long after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LargestLimit);
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            subject is null ? ReadAll : ReadSubject, new { Subject = subject, After = after, Limit = limit }, cancellationToken: ct));
        return rows.Select(static row => row.ToEvent()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<long> LastSequenceAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(Last, cancellationToken: ct));
    }

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
