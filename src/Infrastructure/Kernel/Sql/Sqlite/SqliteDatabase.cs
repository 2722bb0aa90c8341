using Dapper;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>Opens connections to the one SQLite file, which has its tables before the first of them is handed out.</summary>
/// <remarks>
/// Readers never wait (WAL). Writers of this process take turns in a <see cref="WriteQueue"/>; those of other processes are waited for by SQLite.
/// What is committed is on the disk (<c>synchronous = FULL</c>).
/// </remarks>
internal sealed class SqliteDatabase : IPreparedAtStart, IDisposable
{
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _clock;
    private readonly WriteQueue _writes;
    private readonly ConnectionPool _pool = new();
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private SqliteTarget? _prepared;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="options">Where the file is.</param>
    /// <param name="clock">Dates migrations, and says when readers have waited long enough.</param>
    public SqliteDatabase(DatabaseOptions options, TimeProvider clock)
    {
        (_options, _clock, Commits) = (options, clock, new CommitSignal(clock));
        _writes = new WriteQueue(async () => await _pool.RentAsync(await PreparedTargetAsync(CancellationToken.None), CancellationToken.None));
    }

    /// <summary>Raised after each transaction that this process commits.</summary>
    public CommitSignal Commits { get; }

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct) => await PreparedTargetAsync(ct);

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken ct) =>
        await _pool.RentAsync(await PreparedTargetAsync(ct), ct);

    /// <summary>Runs one writing statement, or several, in one transaction.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> write, CancellationToken ct)
    {
        T? answer = default;
        await TryCommitAsync(
            async transaction =>
            {
                answer = await write(transaction.Connection!);
                return true;
            },
            ct);
        return answer!;
    }

    /// <summary>Runs statements in one transaction: kept when <paramref name="work"/> answers true, undone when it answers false or throws.</summary>
    /// <returns>What <paramref name="work"/> answered.</returns>
    public Task<bool> TryCommitAsync(Func<SqliteTransaction, Task<bool>> work, CancellationToken ct) => TryCommitAsync(work, WriteRank.Ordinary, ct);

    /// <summary>As above, before or among the others who want to write.</summary>
    public async Task<bool> TryCommitAsync(Func<SqliteTransaction, Task<bool>> work, WriteRank rank, CancellationToken ct)
    {
        var isKept = await _writes.RunAsync(work, rank, ct);
        if (isKept)
        {
            Commits.Raise();
        }

        return isKept;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _pool.Dispose();
        _preparing.Dispose();
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
        var target = SqliteTarget.Parse(_options.ConnectionString);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target.Path)!);
            await using var connection = await _pool.RentAsync(target, ct);
            await connection.ExecuteAsync(new CommandDefinition("PRAGMA journal_mode = WAL", cancellationToken: ct));
            await SqliteMigrator.ApplyAsync(connection, target.Path, SqliteMigrator.BuiltIn(), _clock.GetUtcNow(), ct);
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
