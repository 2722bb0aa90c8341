using System.Runtime.ExceptionServices;
using Idp.Application.Kernel;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>One PostgreSQL database, which has its tables before the first connection is handed out.</summary>
/// <remarks>
/// A server that is away is tried again for a moment, or for as long as the caller has <see cref="Patience"/>; then <see cref="StoreUnavailableException"/> is thrown.
/// What is committed is on the server's disk (<c>synchronous_commit = on</c>).
/// </remarks>
internal sealed class PostgresDatabase(DatabaseOptions options, TimeProvider clock) : IPreparedAtStart, IDisposable, IAsyncDisposable
{
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private Opened? _opened;

    /// <summary>Raised after each transaction of this process that appended events, and when another node tells of its own.</summary>
    public CommitSignal Commits { get; } = new(clock);

    /// <summary>Raised when another node tells that calls may begin at a shared gate.</summary>
    public GatesSignal Gates { get; } = new();

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct) => await PreparedAsync(ct);

    /// <summary>A connection that the caller disposes; without the repetitions of the other ways.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await (await PreparedAsync(ct)).Source.OpenConnectionAsync(ct);
    }

    /// <summary>Reads on a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">The server is away.</exception>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct) => RepeatAsync(
        async _ =>
        {
            await using var connection = await OpenAsync(ct);
            return await read(connection);
        },
        Patience.Short,
        ct);

    /// <summary>Runs statements in one transaction: kept when <paramref name="work"/> answers true, undone when it answers false or throws.</summary>
    /// <param name="work">May be run again from the start where it was undone because the server went away or another transaction stood in its way.</param>
    /// <param name="ct">Cancels before the commit, never half of it.</param>
    /// <returns>What <paramref name="work"/> answered.</returns>
    /// <exception cref="StoreUnavailableException">The server is away; in rare cases the transaction was committed all the same.</exception>
    public Task<bool> TryCommitAsync(Func<PostgresTransaction, Task<bool>> work, CancellationToken ct) => TryCommitAsync(work, Patience.Short, ct);

    /// <summary>As above; with <see cref="Patience.UntilServerIsBack"/>, the work must have no further effect when it was committed before.</summary>
    public async Task<bool> TryCommitAsync(Func<PostgresTransaction, Task<bool>> work, Patience patience, CancellationToken ct) =>
        await RepeatAsync(attempt => CommitAsync(work, attempt, ct), patience, ct);

    /// <summary>Runs one writing statement.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="StoreUnavailableException">The server is away; in rare cases the statement was committed all the same.</exception>
    public async Task<int> WriteAsync(string sql, object parameters, CancellationToken ct)
    {
        var changed = 0;
        await TryCommitAsync(
            async transaction =>
            {
                changed = await transaction.ExecuteAsync(sql, parameters);
                return true;
            },
            ct);
        return changed;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _opened?.Source.Dispose();
        _preparing.Dispose();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_opened is { } opened)
        {
            await opened.Source.DisposeAsync();
        }

        _preparing.Dispose();
    }

    private async Task<bool> CommitAsync(Func<PostgresTransaction, Task<bool>> work, Attempt attempt, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var unit = new PostgresTransaction(connection, transaction, ct);
        if (!await work(unit))
        {
            return false;
        }

        await unit.FinishAsync(clock.GetUtcNow());
        attempt.IsCommitting = true;
        await transaction.CommitAsync(CancellationToken.None);
        if (unit.HasEvents)
        {
            Commits.Raise();
        }

        return true;
    }

    private async Task<T> RepeatAsync<T>(Func<Attempt, Task<T>> action, Patience patience, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        for (var number = 1; ; number++)
        {
            var attempt = new Attempt();
            Exception failure;
            try
            {
                return await action(attempt);
            }
            catch (NpgsqlException exception) when (PostgresFailures.IsPassing(exception) || PostgresFailures.IsCollision(exception))
            {
                failure = exception;
            }

            var mayRepeat = patience.Allows(number, clock.GetElapsedTime(began)) && (!attempt.IsCommitting || patience.RepeatsCommits);
            if (!mayRepeat)
            {
                ThrowUnlessPassing(failure);
                throw PostgresFailures.Unavailable(_opened!.Target.Name, failure);
            }

            if (PostgresFailures.IsPassing(failure))
            {
                await Task.Delay(Patience.DelayAfter(number), clock, ct);
            }
        }
    }

    private static void ThrowUnlessPassing(Exception failure)
    {
        if (!PostgresFailures.IsPassing(failure))
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task<Opened> PreparedAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _opened) is { } opened)
        {
            return opened;
        }

        await _preparing.WaitAsync(ct);
        try
        {
            return _opened ??= await PrepareTargetAsync(ct);
        }
        finally
        {
            _preparing.Release();
        }
    }

    private async Task<Opened> PrepareTargetAsync(CancellationToken ct)
    {
        var target = PostgresTarget.Parse(options.ConnectionString);
        var source = NpgsqlDataSource.Create(target.ConnectionString);
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await PostgresMigrator.ApplyAsync(connection, target.Name, PostgresMigrator.BuiltIn(), clock.GetUtcNow(), ct);
            return new Opened(target, source);
        }
        catch (NpgsqlException exception)
        {
            await source.DisposeAsync();
            throw PostgresFailures.AtStart(target.Name, exception);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private sealed record Opened(PostgresTarget Target, NpgsqlDataSource Source);

    private sealed class Attempt
    {
        /// <summary>From here on a failure leaves open whether the transaction was committed.</summary>
        public bool IsCommitting { get; set; }
    }
}
