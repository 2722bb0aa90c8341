using Dapper;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>Opens connections to the one SQLite file, which has its tables before the first of them is handed out.</summary>
/// <remarks>
/// Readers never wait (WAL). Writers of this process queue here without holding a thread; those of other processes are waited for by SQLite.
/// What is committed is on the disk (<c>synchronous = FULL</c>).
/// </remarks>
internal sealed class SqliteDatabase(DatabaseOptions options, TimeProvider clock) : IPreparedAtStart, IDisposable
{
    private const int BusyTimeoutMilliseconds = 15_000;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private SqliteTarget? _prepared;

    /// <summary>Raised after each transaction that this process commits.</summary>
    public CommitSignal Commits { get; } = new(clock);

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct) => await PreparedTargetAsync(ct);

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken ct) =>
        await OpenAsync(await PreparedTargetAsync(ct), ct);

    /// <summary>Runs one writing statement, or several that need not stand or fall together.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> write, CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        try
        {
            await using var connection = await OpenAsync(ct);
            return await write(connection);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Runs statements in one transaction: kept when <paramref name="work"/> answers true, undone when it answers false or throws.</summary>
    /// <returns>What <paramref name="work"/> answered.</returns>
    public Task<bool> TryCommitAsync(Func<SqliteTransaction, Task<bool>> work, CancellationToken ct) => WriteAsync(
        async connection =>
        {
            // BEGIN IMMEDIATE: a transaction that began by reading could not be sure to get the write lock later.
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(ct);
            if (!await work(transaction))
            {
                return false;
            }

            await transaction.CommitAsync(ct);
            Commits.Raise();
            return true;
        },
        ct);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_prepared is not null)
        {
            using var connection = new SqliteConnection(_prepared.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        _writer.Dispose();
        _preparing.Dispose();
    }

    private static async Task<SqliteConnection> OpenAsync(SqliteTarget target, CancellationToken ct)
    {
        var connection = new SqliteConnection(target.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await connection.ExecuteAsync(new CommandDefinition(
                $"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}; PRAGMA synchronous = FULL;", cancellationToken: ct));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<SqliteTarget> PreparedTargetAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _prepared) is { } prepared)
        {
            return prepared;
        }

        await _preparing.WaitAsync(ct);
        try
        {
            return _prepared ??= await PrepareTargetAsync(ct);
        }
        finally
        {
            _preparing.Release();
        }
    }

    private async Task<SqliteTarget> PrepareTargetAsync(CancellationToken ct)
    {
        var target = SqliteTarget.Parse(options.ConnectionString);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target.Path)!);
            await using var connection = await OpenAsync(target, ct);
            await connection.ExecuteAsync(new CommandDefinition("PRAGMA journal_mode = WAL", cancellationToken: ct));
            await SqliteMigrator.ApplyAsync(connection, target.Path, SqliteMigrator.BuiltIn(), clock.GetUtcNow(), ct);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The folder of the database '{target.Path}' cannot be made: {exception.Message} Set DATABASE__CONNECTION_STRING to a path that this user may write.",
                exception);
        }
        catch (SqliteException exception)
        {
            throw SqliteFailures.AtStart(target.Path, exception);
        }
    }
}
