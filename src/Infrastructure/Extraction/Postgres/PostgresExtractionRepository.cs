using System.Text.Json;
using Dapper;
using Idp.Application.Extraction;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Extraction.Postgres;

/// <summary>Page maps and results in the PostgreSQL database.</summary>
internal sealed class PostgresExtractionRepository(PostgresDatabase database) : IExtractionRepository
{
    private const string FindMap = "SELECT map AS Map, edited AS Edited, version AS Version FROM page_maps WHERE document_id = @Id";

    private const string SaveAnyMap = """
        INSERT INTO page_maps (document_id, map, edited, version) VALUES (@Id, @Map, @Edited, 1)
        ON CONFLICT (document_id) DO UPDATE SET map = excluded.map, edited = excluded.edited, version = page_maps.version + 1
        RETURNING version
        """;

    private const string SaveFirstMap = """
        INSERT INTO page_maps (document_id, map, edited, version) VALUES (@Id, @Map, @Edited, 1)
        ON CONFLICT (document_id) DO NOTHING
        RETURNING version
        """;

    private const string SaveNextMap = """
        UPDATE page_maps SET map = @Map, edited = @Edited, version = version + 1 WHERE document_id = @Id AND version = @ExpectedVersion
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

    private const string Delete = """
        DELETE FROM page_maps WHERE document_id = @Id;
        DELETE FROM extraction_results WHERE document_id = @Id;
        """;

    /// <inheritdoc />
    public async Task<StoredPageMap?> FindPageMapAsync(DocumentId id, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<MapRow>(new CommandDefinition(FindMap, new { Id = id.ToString() }, cancellationToken: ct)), ct);
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
        var sql = expectedVersion switch
        {
            null => SaveAnyMap,
            0 => SaveFirstMap,
            _ => SaveNextMap,
        };
        long? version = null;
        await database.TryCommitAsync(
            async transaction =>
            {
                version = await transaction.ScalarAsync<long?>(sql, row);
                return version is not null;
            },
            ct);
        return version is { } saved ? new StoredPageMap(map, edited, saved) : null;
    }

    /// <inheritdoc />
    public async Task<StoredResult?> FindLatestResultAsync(DocumentId id, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<ResultRow>(new CommandDefinition(FindLatest, new { Id = id.ToString() }, cancellationToken: ct)), ct);
        return row?.ToResult();
    }

    /// <inheritdoc />
    public Task SaveResultAsync(DocumentId id, StoredResult result, CancellationToken ct) => database.WriteAsync(
        SaveResult,
        new
        {
            Id = id.ToString(),
            RunId = result.RunId.ToString(),
            Result = JsonSerializer.Serialize(result.Result, ExtractionJson.Default.ExtractionResult),
            CreatedAt = TimeText.Of(result.CreatedAt),
            Origin = result.Origin is { } origin ? JsonSerializer.Serialize(origin, ExtractionJson.Default.ResultOrigin) : null,
        },
        ct);

    /// <inheritdoc />
    public async Task<ValueList<StoredResult>> ListResultsAsync(DocumentId id, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<ResultRow>(new CommandDefinition(SelectResults, new { Id = id.ToString() }, cancellationToken: ct)), ct);
        return rows.Select(static row => row.ToResult()).ToValueList();
    }

    /// <inheritdoc />
    public Task DeleteAsync(DocumentId id, CancellationToken ct) => database.WriteAsync(Delete, new { Id = id.ToString() }, ct);

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
