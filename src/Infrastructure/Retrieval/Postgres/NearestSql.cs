using System.Globalization;
using Idp.Infrastructure.Retrieval.Vectors;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>
/// Statements in the words of pgvector. Vectors are of length 1, so that the inner product orders them as the angle does; the index keeps numbers of 16 bits, which is near enough for candidates.
/// </summary>
internal static class NearestSql
{
    /// <summary>A search by the index looks at so many vectors closely.</summary>
    private const int Breadth = 200;

    /// <summary>A search by the index gives up after so many that the filter did not want.</summary>
    private const int MostVisited = 40_000;

    /// <summary>
    /// For one transaction: goes on until enough is found that the filter leaves, and takes no other way than the index, whose cost the planner guesses badly.
    /// </summary>
    public static readonly string PreferIndex = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SET LOCAL hnsw.ef_search = {Breadth}; SET LOCAL hnsw.iterative_scan = strict_order; SET LOCAL hnsw.max_scan_tuples = {MostVisited};
        SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off; SET LOCAL jit = off
        """);

    /// <summary>The condition for vectors of a space, as it is fast for a few.</summary>
    public const string InSpace = "(SELECT space FROM document_vectors WHERE document_vectors.version = chunk_vectors.version) = @Space";

    /// <summary>The same, as it is fast for all.</summary>
    public const string InAllOfSpace = "version IN (SELECT version FROM document_vectors WHERE space = @Space)";

    /// <summary>The condition for vectors of some versions.</summary>
    public const string InVersions = "version = ANY(@Versions)";

    /// <summary>How many vectors some versions have; at most as many as are asked for.</summary>
    public const string CountInVersions = $"SELECT count(*) FROM (SELECT FROM chunk_vectors WHERE {InVersions} LIMIT @Most) AS counted";

    /// <summary>Makes the index, while others read and write.</summary>
    public static string CreateIndex(int dimensions) => string.Create(
        CultureInfo.InvariantCulture,
        $"CREATE INDEX CONCURRENTLY {NearestIndexes.NameFor(dimensions)} ON chunk_vectors USING hnsw ((vector::halfvec({dimensions})) halfvec_ip_ops) WHERE cardinality(vector) = {dimensions}");

    /// <summary>The vectors that are probably nearest, by the index.</summary>
    public static string FindByIndex(int dimensions, string condition) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {VectorSql.StoredColumns} FROM chunk_vectors WHERE cardinality(vector) = {dimensions} AND {condition}
        ORDER BY vector::halfvec({dimensions}) <#> @Question::real[]::halfvec({dimensions}) LIMIT @Most
        """);

    /// <summary>The vectors that are nearest, by comparing all of them.</summary>
    public static string FindByAll(int dimensions, string condition) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {VectorSql.StoredColumns} FROM chunk_vectors WHERE cardinality(vector) = {dimensions} AND {condition}
        ORDER BY vector::vector <#> @Question::real[]::vector, number LIMIT @Most
        """);
}
