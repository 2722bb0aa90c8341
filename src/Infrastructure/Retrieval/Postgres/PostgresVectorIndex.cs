using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Retrieval.Sql;
using Idp.Infrastructure.Retrieval.Vectors;
using Npgsql;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>
/// Vectors in the PostgreSQL database: candidates are found by an index of pgvector where the database has one, else in the memory of this process, and compared by what the database has.
/// </summary>
internal sealed class PostgresVectorIndex : IVectorIndex, IVectorRows, IDisposable
{
    private const string LockDocument = "SELECT id FROM documents WHERE id = @Id FOR KEY SHARE";

    /// <summary>Locked, so that no chunk goes before its vector is there.</summary>
    private const string AddVectors = """
        INSERT INTO chunk_vectors (number, version, vector)
        SELECT found.number, @Version, added.vector::real[]
        FROM unnest(@Chunks, @Vectors) AS added (chunk, vector)
        JOIN (SELECT number, id FROM chunks WHERE document_id = @Id FOR KEY SHARE) AS found ON found.id = added.chunk
        """;

    private const string CountLacking = "SELECT count(*) FROM chunks WHERE document_id = @Id AND number NOT IN (SELECT number FROM chunk_vectors WHERE version = @Version)";

    private const string ReadVersions = $"SELECT {VectorSql.StoredColumns} FROM chunk_vectors WHERE version = ANY(@Versions) ORDER BY version, number";

    private const string ReadNumbers = $"SELECT {VectorSql.StoredColumns} FROM chunk_vectors WHERE number = ANY(@Numbers)";

    private readonly PostgresDatabase _database;
    private readonly NearestIndexes _indexes;
    private readonly NearestSearch _nearest;
    private readonly NodeVectors _vectors;

    public PostgresVectorIndex(PostgresDatabase database, NearestIndexes indexes)
    {
        (_database, _indexes) = (database, indexes);
        _nearest = new NearestSearch(database, indexes);
        _vectors = new NodeVectors(this);
    }

    /// <inheritdoc />
    public async Task<bool> ReplaceAsync(DocumentId document, VectorSpace space, IReadOnlyList<ChunkVector> vectors, CancellationToken ct)
    {
        var id = document.ToString();
        var chunks = vectors.Select(static vector => vector.Chunk.ToString()).ToArray();
        var texts = vectors.Select(static vector => TextOf(vector.Vector)).ToArray();
        var replaced = await _database.TryCommitAsync(
            async transaction =>
            {
                if (await transaction.ScalarAsync<string>(LockDocument, new { Id = id }) is null)
                {
                    return false;
                }

                await transaction.ExecuteAsync(VectorSql.DeleteOfDocument, new { Id = id });
                var version = await transaction.ScalarAsync<long>(VectorSql.AddDocument, new { Id = id, Space = space.Name });
                return await transaction.ExecuteAsync(AddVectors, new { Id = id, Version = version, Chunks = chunks, Vectors = texts }) == vectors.Count
                    && await transaction.ScalarAsync<long>(CountLacking, new { Id = id, Version = version }) == 0;
            },
            ct);
        if (replaced && vectors.Count > 0)
        {
            _indexes.Want(vectors[0].Vector.Length);
        }

        return replaced;
    }

    /// <inheritdoc />
    public Task<bool> HasAsync(DocumentId document, VectorSpace space, CancellationToken ct)
    {
        var command = new CommandDefinition(VectorSql.CountOfDocument, new { Id = document.ToString(), Space = space.Name }, cancellationToken: ct);
        return _database.ReadAsync(async connection => await connection.ExecuteScalarAsync<long>(command) > 0, ct);
    }

    /// <inheritdoc />
    public async Task<ValueList<VectorMatch>> SearchAsync(float[] question, VectorSpace space, SearchFilter filter, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IChunkIndex.MaximumLimit);
        if (await _nearest.FindAsync(question, space, filter, NodeVectors.CandidatesFor(limit), ct) is { } nearest)
        {
            _vectors.Forget();
            return await _database.ReadAsync(connection => CompareAsync(connection, question, nearest, limit, ct), ct);
        }

        var documents = await _database.ReadAsync(connection => DocumentsOfAsync(connection, space, filter, ct), ct);
        var candidates = await _vectors.FindCandidatesAsync(question, space, documents, limit, ct);
        var read = new CommandDefinition(ReadNumbers, new { Numbers = candidates.ToArray() }, cancellationToken: ct);
        return await _database.ReadAsync(async connection => await CompareAsync(connection, question, await connection.QueryAsync<VectorRow>(read), limit, ct), ct);
    }

    /// <inheritdoc />
    public void Dispose() => _vectors.Dispose();

    /// <inheritdoc />
    Task<long> IVectorRows.CountChangesAsync(CancellationToken ct) =>
        _database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(VectorSql.CountChanges, cancellationToken: ct)), ct);

    /// <inheritdoc />
    Task<IReadOnlyList<VectorVersion>> IVectorRows.ListVersionsAsync(VectorSpace space, CancellationToken ct)
    {
        var command = new CommandDefinition(VectorSql.ListVersions, new { Space = space.Name }, cancellationToken: ct);
        return _database.ReadAsync<IReadOnlyList<VectorVersion>>(async connection => [.. await connection.QueryAsync<VectorVersion>(command)], ct);
    }

    /// <inheritdoc />
    async IAsyncEnumerable<StoredVector> IVectorRows.ReadAsync(IReadOnlyList<long> versions, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await _database.OpenAsync(ct);
        await foreach (var row in connection.QueryUnbufferedAsync<VectorRow>(ReadVersions, new { Versions = versions.ToArray() }).WithCancellation(ct))
        {
            yield return new StoredVector(row.Version, row.Number, row.Vector);
        }
    }

    private static async Task<ValueList<VectorMatch>> CompareAsync(NpgsqlConnection connection, float[] question, IEnumerable<VectorRow> candidates, int limit, CancellationToken ct)
    {
        var ranked = VectorSql.Rank(candidates.Select(static row => (row.Number, row.Vector)), question, limit);
        var chunks = await connection.QueryAsync<ChunkRow>(new CommandDefinition(
            ChunkRow.Select + " WHERE number = ANY(@Numbers)", new { Numbers = ranked.Select(static match => match.Number).ToArray() }, cancellationToken: ct));
        return VectorSql.ToMatches(ranked, chunks);
    }

    private static async Task<IReadOnlySet<string>?> DocumentsOfAsync(NpgsqlConnection connection, VectorSpace space, SearchFilter filter, CancellationToken ct)
    {
        if (filter.IsNone)
        {
            return null;
        }

        var parameters = new DynamicParameters(new { Space = space.Name });
        var sql = VectorSql.ListDocuments(filter, parameters);
        return (await connection.QueryAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A list of lists of unequal length is no parameter; their texts are.</summary>
    private static string TextOf(float[] vector) =>
        $"{{{string.Join(',', vector.Select(static number => number.ToString("R", CultureInfo.InvariantCulture)))}}}";
}
