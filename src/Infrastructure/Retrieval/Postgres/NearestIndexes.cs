using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Idp.Application.Kernel;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>
/// Indexes of pgvector over vectors where they lie, one for each number of dimensions. They are made while the service runs, when vectors are there at its start or come for the first time, by one
/// node at a time; until then, and where the server has no pgvector, vectors are searched in memory. Nothing is kept in them alone: whoever drops the extension loses no vector. Safe to call concurrently.
/// </summary>
internal sealed class NearestIndexes(PostgresDatabase database, DatabaseOptions options, ILogger<NearestIndexes> logger) : IWarmedUp, IDisposable, IAsyncDisposable
{
    /// <summary>The most numbers of a vector that can be indexed.</summary>
    public const int MostDimensions = 4_000;

    /// <summary>The first version that goes on searching until enough is found that a filter leaves.</summary>
    private static readonly Version OldestVersion = new(0, 8);

    private const string ReadVersion = "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector'";

    private const string CreateExtension = "CREATE EXTENSION IF NOT EXISTS vector";

    private const string IsValid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(@Name)";

    /// <summary>One vector of each space tells how long all of it are.</summary>
    private const string ListDimensions = """
        SELECT DISTINCT cardinality(sample.vector) FROM (SELECT DISTINCT space FROM document_vectors) AS spaces,
            LATERAL (SELECT vector FROM chunk_vectors JOIN document_vectors USING (version) WHERE space = spaces.space LIMIT 1) AS sample
        """;

    /// <summary>One process, because several share memory that containers have little of; and for as long as it takes.</summary>
    private const string PrepareToBuild = "SET max_parallel_maintenance_workers = 0; SET statement_timeout = 0";

    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<int, Task> _wanted = new();

    private enum Outcome
    {
        /// <summary>The index is there.</summary>
        Made,

        /// <summary>There will be none before the next start.</summary>
        Impossible,

        /// <summary>Another node makes it, or the server is away.</summary>
        Later,
    }

    /// <summary>The name of the index for vectors of so many numbers.</summary>
    public static string NameFor(int dimensions) => FormattableString.Invariant($"chunk_vectors_nearest_{dimensions}");

    /// <summary>True when the database can search vectors of so many numbers; where it cannot yet, the index is begun.</summary>
    public async Task<bool> AreReadyAsync(NpgsqlConnection connection, int dimensions, CancellationToken ct)
    {
        if (!CanIndex(dimensions))
        {
            return false;
        }

        if (await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(IsValid, new { Name = NameFor(dimensions) }, cancellationToken: ct)) == true)
        {
            return true;
        }

        Want(dimensions);
        return false;
    }

    /// <summary>Sees to it that there will be an index for vectors of so many numbers, without waiting for it.</summary>
    public void Want(int dimensions)
    {
        if (CanIndex(dimensions) && !_ending.IsCancellationRequested)
        {
            var ct = _ending.Token;
            _wanted.GetOrAdd(dimensions, wanted => Task.Run(() => MakeWantedAsync(wanted, ct), CancellationToken.None));
        }
    }

    /// <summary>Makes the indexes for all vectors that there are.</summary>
    public async Task WarmUpAsync(CancellationToken ct)
    {
        var command = new CommandDefinition(ListDimensions, cancellationToken: ct);
        try
        {
            foreach (var dimensions in await database.ReadAsync(async connection => (await connection.QueryAsync<int>(command)).AsList(), ct))
            {
                Want(dimensions);
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or NpgsqlException)
        {
            // The first search asks for its index again.
            logger.VectorsNotListed(exception.Message);
        }
    }

    /// <summary>Makes the index for vectors of so many numbers, unless it is there.</summary>
    /// <returns>True when it is there at the end.</returns>
    public async Task<bool> MakeAsync(int dimensions, CancellationToken ct) => CanIndex(dimensions) && await TryMakeAsync(dimensions, ct) == Outcome.Made;

    /// <inheritdoc />
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_wanted.Values);
        _ending.Dispose();
    }

    private bool CanIndex(int dimensions) => options.IndexesVectors && dimensions is > 0 and <= MostDimensions;

    private async Task MakeWantedAsync(int dimensions, CancellationToken ct)
    {
        try
        {
            if (await TryMakeAsync(dimensions, ct) == Outcome.Later)
            {
                _wanted.TryRemove(dimensions, out _);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What was begun is thrown away by whoever makes it next.
        }
    }

    private async Task<Outcome> TryMakeAsync(int dimensions, CancellationToken ct)
    {
        try
        {
            await using var connection = await database.OpenAsync(ct);
            if (!Version.TryParse(await connection.ExecuteScalarAsync<string?>(new CommandDefinition(ReadVersion, cancellationToken: ct)), out var version) || version < OldestVersion)
            {
                logger.NoExtension(OldestVersion.ToString());
                return Outcome.Impossible;
            }

            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(AdvisoryLock.TryTakeForSession, new { Lock = AdvisoryLock.VectorIndexes }, cancellationToken: ct)))
            {
                return Outcome.Later;
            }

            // The lock goes with the connection's return to its pool, too.
            await BuildAsync(connection, dimensions, ct);
            await connection.ExecuteAsync(new CommandDefinition(AdvisoryLock.GiveBackForSession, new { Lock = AdvisoryLock.VectorIndexes }, cancellationToken: ct));
            return Outcome.Made;
        }
        catch (NpgsqlException exception)
        {
            logger.IndexFailed(dimensions, exception.Message);
            return PostgresFailures.IsPassing(exception) ? Outcome.Later : Outcome.Impossible;
        }
    }

    private async Task BuildAsync(NpgsqlConnection connection, int dimensions, CancellationToken ct)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var name = NameFor(dimensions);
        var valid = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(IsValid, new { Name = name }, cancellationToken: ct));
        if (valid == true)
        {
            return;
        }

        await RunAsync(CreateExtension);
        await RunAsync(PrepareToBuild);
        if (valid == false)
        {
            // Whoever began it did not come to an end.
            await RunAsync($"DROP INDEX CONCURRENTLY IF EXISTS {name}");
        }

        await RunAsync(NearestSql.CreateIndex(dimensions));
        logger.IndexMade(dimensions, (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: ct));
    }
}
