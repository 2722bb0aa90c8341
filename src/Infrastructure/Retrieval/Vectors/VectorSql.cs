using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Retrieval.Sql;

namespace Idp.Infrastructure.Retrieval.Vectors;

/// <summary>Statements about vectors that are the same in both databases, and what is made of their rows.</summary>
internal static class VectorSql
{
    public const string CountChanges = "SELECT changes FROM vector_changes";

    public const string ListVersions = "SELECT version AS Version, document_id AS DocumentId FROM document_vectors WHERE space = @Space";

    public const string CountOfDocument = "SELECT count(*) FROM document_vectors WHERE document_id = @Id AND space = @Space";

    public const string DeleteOfDocument = "DELETE FROM document_vectors WHERE document_id = @Id";

    public const string AddDocument = "INSERT INTO document_vectors (document_id, space) SELECT id, @Space FROM documents WHERE id = @Id RETURNING version";

    /// <summary>Of a vector.</summary>
    public const string StoredColumns = "version AS Version, number AS Number, vector AS Vector";

    /// <summary>The documents that a filter leaves.</summary>
    public static string ListDocuments(SearchFilter filter, DynamicParameters parameters) => ListFiltered("chunks.document_id", filter, parameters);

    /// <summary>A column of <c>document_vectors</c>, here called <c>chunks</c>, for the documents that a filter leaves.</summary>
    public static string ListFiltered(string column, SearchFilter filter, DynamicParameters parameters) =>
        $"SELECT {column} FROM document_vectors AS chunks{FilterSql.Join(filter)} WHERE chunks.space = @Space{FilterSql.Conditions(filter, parameters)}";

    /// <summary>The chunks that are nearest, nearest first; equal ones in the order in which they were added.</summary>
    public static List<(long Number, double Similarity)> Rank(IEnumerable<(long Number, float[] Vector)> candidates, float[] question, int limit) =>
    [
        .. candidates.Where(candidate => candidate.Vector.Length == question.Length)
            .Select(candidate => (candidate.Number, Similarity: Math.Min(1, PackedVectors.Product(candidate.Vector, question))))
            .Where(static candidate => candidate.Similarity > 0)
            .OrderByDescending(static candidate => candidate.Similarity).ThenBy(static candidate => candidate.Number)
            .Take(limit),
    ];

    /// <summary>The matches of ranked chunks; those that are gone meanwhile are left out.</summary>
    public static ValueList<VectorMatch> ToMatches(IEnumerable<(long Number, double Similarity)> ranked, IEnumerable<ChunkRow> rows)
    {
        var chunks = rows.ToDictionary(static row => row.Number);
        return ranked.Where(match => chunks.ContainsKey(match.Number)).Select(match => new VectorMatch(chunks[match.Number].ToChunk(), match.Similarity)).ToValueList();
    }
}
