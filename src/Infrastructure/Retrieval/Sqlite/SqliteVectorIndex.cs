using System.Runtime.CompilerServices;
using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Retrieval.Sql;
using Idp.Infrastructure.Retrieval.Vectors;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Retrieval.Sqlite;

/// <summary>Vectors in the SQLite database: candidates are found in the memory of this process, and compared by what the database has.</summary>
internal sealed class SqliteVectorIndex : IVectorIndex, IVectorRows, IDisposable
{
    private const string AddVector = "INSERT INTO chunk_vectors (number, version, vector) SELECT number, @Version, @Vector FROM chunks WHERE id = @Chunk AND document_id = @Id";

    private const string CountLacking = "SELECT count(*) FROM chunks WHERE document_id = @Id AND number NOT IN (SELECT number FROM chunk_vectors WHERE version = @Version)";

    private const string ReadVersions = """
        SELECT version AS Version, number AS Number, vector AS Vector FROM chunk_vectors WHERE version IN (SELECT value FROM json_each(@Versions)) ORDER BY version, number
        """;

    private const string ReadNumbers = "SELECT version AS Version, number AS Number, vector AS Vector FROM chunk_vectors WHERE number IN (SELECT value FROM json_each(@Numbers))";

    private readonly SqliteDatabase _database;
    private readonly NodeVectors _vectors;

    public SqliteVectorIndex(SqliteDatabase database)
    {
        _database = database;
        _vectors = new NodeVectors(this);
    }

    /// <inheritdoc />
    public Task<bool> ReplaceAsync(DocumentId document, VectorSpace space, IReadOnlyList<ChunkVector> vectors, CancellationToken ct)
    {
        // The writer is everybody's: what takes long is done before.
        var rows = vectors.Select(vector => (Chunk: vector.Chunk.ToString(), Bytes: VectorBytes.Of(vector.Vector))).ToList();
        var id = document.ToString();
        return _database.TryCommitAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                await connection.ExecuteAsync(new CommandDefinition(VectorSql.DeleteOfDocument, new { Id = id }, transaction, cancellationToken: ct));
                if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(VectorSql.AddDocument, new { Id = id, Space = space.Name }, transaction, cancellationToken: ct)) is not { } version)
                {
                    return false;
                }

                foreach (var (chunk, bytes) in rows)
                {
                    if (await connection.ExecuteAsync(new CommandDefinition(
                        AddVector, new { Version = version, Vector = bytes, Chunk = chunk, Id = id }, transaction, cancellationToken: ct)) == 0)
                    {
                        return false;
                    }
                }

                return await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountLacking, new { Id = id, Version = version }, transaction, cancellationToken: ct)) == 0;
            },
            ct);
    }

    /// <inheritdoc />
    public async Task<bool> HasAsync(DocumentId document, VectorSpace space, CancellationToken ct)
    {
        await using var connection = await _database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            VectorSql.CountOfDocument, new { Id = document.ToString(), Space = space.Name }, cancellationToken: ct)) > 0;
    }

    /// <inheritdoc />
    public async Task<ValueList<VectorMatch>> SearchAsync(float[] question, VectorSpace space, SearchFilter filter, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IChunkIndex.MaximumLimit);
        await using var connection = await _database.OpenAsync(ct);
        var documents = await DocumentsOfAsync(connection, space, filter, ct);
        var candidates = await _vectors.FindCandidatesAsync(question, space, documents, limit, ct);
        var vectors = await connection.QueryAsync<BlobRow>(new CommandDefinition(ReadNumbers, new { Numbers = ListOf(candidates) }, cancellationToken: ct));
        var ranked = VectorSql.Rank(vectors.Select(static row => (row.Number, VectorBytes.Read(row.Vector))), question, limit);
        var chunks = await connection.QueryAsync<ChunkRow>(new CommandDefinition(
            ChunkRow.Select + " WHERE number IN (SELECT value FROM json_each(@Numbers))", new { Numbers = ListOf(ranked.Select(static match => match.Number)) }, cancellationToken: ct));
        return VectorSql.ToMatches(ranked, chunks);
    }

    /// <inheritdoc />
    public void Dispose() => _vectors.Dispose();

    /// <inheritdoc />
    async Task<long> IVectorRows.CountChangesAsync(CancellationToken ct)
    {
        await using var connection = await _database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(VectorSql.CountChanges, cancellationToken: ct));
    }

    /// <inheritdoc />
    async Task<IReadOnlyList<VectorVersion>> IVectorRows.ListVersionsAsync(VectorSpace space, CancellationToken ct)
    {
        await using var connection = await _database.OpenAsync(ct);
        return [.. await connection.QueryAsync<VectorVersion>(new CommandDefinition(VectorSql.ListVersions, new { Space = space.Name }, cancellationToken: ct))];
    }

    /// <inheritdoc />
    async IAsyncEnumerable<StoredVector> IVectorRows.ReadAsync(IReadOnlyList<long> versions, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await _database.OpenAsync(ct);
        await foreach (var row in connection.QueryUnbufferedAsync<BlobRow>(ReadVersions, new { Versions = ListOf(versions) }).WithCancellation(ct))
        {
            yield return new StoredVector(row.Version, row.Number, VectorBytes.Read(row.Vector));
        }
    }

    private static async Task<IReadOnlySet<string>?> DocumentsOfAsync(SqliteConnection connection, VectorSpace space, SearchFilter filter, CancellationToken ct)
    {
        if (filter.IsNone)
        {
            return null;
        }

        var parameters = new DynamicParameters(new { Space = space.Name });
        var sql = VectorSql.ListDocuments(filter, parameters);
        return (await connection.QueryAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
    }

    private static string ListOf(IEnumerable<long> numbers) => $"[{string.Join(',', numbers)}]";

    private sealed record BlobRow(long Version, long Number, byte[] Vector);
}
