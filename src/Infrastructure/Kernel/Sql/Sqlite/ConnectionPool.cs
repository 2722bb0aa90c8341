using System.Collections.Concurrent;
using System.Data;
using Dapper;
using SQLitePCL;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>
/// Keeps connections open with their settings and their prepared statements. The driver's own pool would set a connection up at every opening and prepare every
/// statement at every use, which costs more than running it.
/// </summary>
internal sealed class ConnectionPool : IDisposable
{
    private const int BusyTimeoutMilliseconds = 15_000;

    /// <summary>More than these are closed when they come back; a burst of readers is rare, and each connection has a cache of pages.</summary>
    private const int MostIdle = 8;

    private readonly ConcurrentStack<PooledConnection> _idle = [];
    private volatile bool _isClosed;

    /// <summary>A connection that nobody else uses; disposing it brings it back.</summary>
    public async Task<PooledConnection> RentAsync(SqliteTarget target, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_idle.TryPop(out var known))
        {
            known.IsRented = true;
            return known;
        }

        var connection = new PooledConnection(target.ConnectionString, this);
        try
        {
            await connection.OpenAsync(ct);
            await connection.ExecuteAsync(new CommandDefinition(
                $"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}; PRAGMA synchronous = FULL;", cancellationToken: ct));
            connection.IsRented = true;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a connection back; one that is broken, in a transaction or too many is not taken.</summary>
    public bool TryTakeBack(PooledConnection connection)
    {
        var isGood = connection.IsRented && connection.State == ConnectionState.Open && raw.sqlite3_get_autocommit(connection.Handle) != 0;
        connection.IsRented = false;
        if (!isGood || _isClosed || _idle.Count >= MostIdle)
        {
            return false;
        }

        _idle.Push(connection);
        if (_isClosed)
        {
            Dispose();
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}
