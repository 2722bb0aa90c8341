using Dapper;
using Idp.Application.Kernel.Events;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>
/// A transaction under way. Events and notices are only collected: they are written last, after every row lock was taken, because the lock for events is the one
/// that all writers of the cluster share.
/// </summary>
internal sealed class PostgresTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
{
    private const string Notify = "SELECT pg_notify(@Channel, notice) FROM unnest(@Notices) AS notice";

    // The lock first and by itself: a sequence that is drawn before the lock is held could become visible after a later one.
    private const string AppendEvents = $"""
        {AdvisoryLock.Take};
        INSERT INTO events (subject, batch, name, data, at)
        SELECT subject, batch, name, data, @At
        FROM unnest(@Subjects, @Batches, @Names, @Data) WITH ORDINALITY AS happened (subject, batch, name, data, place)
        ORDER BY place;
        """;

    private readonly List<NewEvent> _events = [];
    private readonly HashSet<string> _notices = new(StringComparer.Ordinal);

    /// <summary>True when the transaction appends events.</summary>
    public bool HasEvents => _events.Count > 0;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    /// <summary>Reads rows.</summary>
    public Task<IEnumerable<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        connection.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    /// <summary>Reads one row or none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) =>
        connection.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    /// <summary>Reads one value.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    /// <summary>Appends events in their order, at the end of the transaction.</summary>
    public void Append(IEnumerable<NewEvent> events)
    {
        _events.AddRange(events);
        if (_events.Count > 0)
        {
            _notices.Add(Notice.Events);
        }
    }

    /// <summary>Tells all nodes when the transaction is committed.</summary>
    public void Tell(string notice) => _notices.Add(notice);

    /// <summary>Writes what was collected; nothing may come after it but the commit.</summary>
    public async Task FinishAsync(DateTimeOffset now)
    {
        if (_notices.Count > 0)
        {
            await ExecuteAsync(Notify, new { Notice.Channel, Notices = _notices.ToArray() });
        }

        if (_events.Count > 0)
        {
            await ExecuteAsync(
                AppendEvents,
                new
                {
                    Lock = AdvisoryLock.Events,
                    At = TimeText.Of(now),
                    Subjects = _events.Select(static happened => happened.Subject).ToArray(),
                    Batches = _events.Select(static happened => happened.Batch).ToArray(),
                    Names = _events.Select(static happened => happened.Name).ToArray(),
                    Data = _events.Select(static happened => happened.Data).ToArray(),
                });
        }
    }
}
