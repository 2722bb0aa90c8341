using System.Text.Json;
using Dapper;
using Idp.Application.Extraction;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Extraction.Sqlite;

/// <summary>Page maps and results in the SQLite database.</summary>
internal sealed class SqliteExtractionRepository(SqliteDatabase database) : IExtractionRepository
{
    private const string FindMap = "SELECT map AS Map, edited AS Edited, version AS Version FROM page_maps WHERE document_id = @Id";

    // Adds nothing and replaces nothing unless the stored version, 0 for none, is the one expected.
    private const string SaveMap = """
        INSERT INTO page_maps (document_id, map, edited, version)
        SELECT @Id, @Map, @Edited, 1
        WHERE @ExpectedVersion IS NULL
            OR @ExpectedVersion = coalesce((SELECT version FROM page_maps WHERE document_id = @Id), 0)
        ON CONFLICT (document_id) DO UPDATE SET map = excluded.map, edited = excluded.edited, version = page_maps.version + 1
        RETURNING version
        """;

    private const string SelectResults = """
        SELECT run_id AS RunId, result AS Result, created_at AS CreatedAt, origin AS Origin FROM extraction_results
        WHERE document_id = @Id ORDER BY run_id DESC
        """;

    private const string FindLatest = SelectResults + " LIMIT 1";

    private const string SaveResult = """
        INSERT INTO extraction_results (document_id, run_id, result, created_at, origin) VALUES (@Id, @RunId, @Result, @CreatedAt, @Origin)
        ON CONFLICT (document_id, run_id) DO UPDATE SET result = excluded.result, created_at = excluded.created_at, origin = excluded.origin
        """;

    private const string DeleteMap = "DELETE FROM page_maps WHERE document_id = @Id";

    private const string DeleteResults = "DELETE FROM extraction_results WHERE document_id = @Id";

    /// <inheritdoc />
    public async Task<StoredPageMap?> FindPageMapAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<MapRow>(
            new CommandDefinition(FindMap, new { Id = id.ToString() }, cancellationToken: ct));
        return row?.ToMap();
    }

    /// <inheritdoc />
    public async Task<StoredPageMap?> SavePageMapAsync(DocumentId id, PageMap map, bool edited, long? expectedVersion, CancellationToken ct)
    {
        var row = new
        {
            Id = id.ToString(),
            Map = JsonSerializer.Serialize(map, ExtractionJson.Default.PageMap),
            Edited = edited ? 1L : 0L,
            ExpectedVersion = expectedVersion,
        };
        var version = await database.WriteAsync(
            connection => connection.ExecuteScalarAsync<long?>(new CommandDefinition(SaveMap, row, cancellationToken: ct)), ct);
        return version is null ? null : new StoredPageMap(map, edited, version.Value);
    }

    /// <inheritdoc />
    public async Task<StoredResult?> FindLatestResultAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<ResultRow>(
            new CommandDefinition(FindLatest, new { Id = id.ToString() }, cancellationToken: ct));
        return row?.ToResult();
    }

    /// <inheritdoc />
    public Task SaveResultAsync(DocumentId id, StoredResult result, CancellationToken ct)
    {
        var row = new
        {
            Id = id.ToString(),
            RunId = result.RunId.ToString(),
            Result = JsonSerializer.Serialize(result.Result, ExtractionJson.Default.ExtractionResult),
            CreatedAt = TimeText.Of(result.CreatedAt),
            Origin = result.Origin is { } origin ? JsonSerializer.Serialize(origin, ExtractionJson.Default.ResultOrigin) : null,
        };
        return database.WriteAsync(connection => connection.ExecuteAsync(new CommandDefinition(SaveResult, row, cancellationToken: ct)), ct);
    }

    /// <inheritdoc />
    public async Task<ValueList<StoredResult>> ListResultsAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<ResultRow>(
            new CommandDefinition(SelectResults, new { Id = id.ToString() }, cancellationToken: ct));
        return rows.Select(static row => row.ToResult()).ToValueList();
    }

    /// <inheritdoc />
    public Task DeleteAsync(DocumentId id, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            foreach (var sql in (string[])[DeleteMap, DeleteResults])
            {
                await transaction.Connection!.ExecuteAsync(
                    new CommandDefinition(sql, new { Id = id.ToString() }, transaction, cancellationToken: ct));
            }

            return true;
        },
        ct);

    private sealed record MapRow(string Map, long Edited, long Version)
    {
        public StoredPageMap ToMap() => new(JsonSerializer.Deserialize(Map, ExtractionJson.Default.PageMap)!, Edited != 0, Version);
    }

    private sealed record ResultRow(string RunId, string Result, string CreatedAt, string? Origin)
    {
        public StoredResult ToResult() => new(
            StrongId.Parse<RunId>(RunId),
            JsonSerializer.Deserialize(Result, ExtractionJson.Default.ExtractionResult)!,
            TimeText.Parse(CreatedAt))
        {
            Origin = Origin is null ? null : JsonSerializer.Deserialize(Origin, ExtractionJson.Default.ResultOrigin),
        };
    }
}
