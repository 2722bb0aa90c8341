using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>Statements about documents that lack knowledge, the same in both databases.</summary>
internal static class BacklogSql
{
    /// <summary>How much work on knowledge there is.</summary>
    public const string CountWork = "SELECT count(*) FROM work_items WHERE pool IN ('knowledge', 'embedding', 'summary')";

    /// <summary>Documents that lack something and have no work, newest first.</summary>
    public const string List = $"""
        SELECT d.id{From}
          AND (@Before IS NULL OR d.id < @Before)
          AND {Lacks}
          AND NOT {HasWork}
        ORDER BY d.id DESC LIMIT @Most
        """;

    /// <summary>How all documents stand.</summary>
    public const string Count = $"""
        SELECT count(*) AS Documents,
            coalesce(sum(CASE WHEN NOT {Lacks} AND k.status = 'completed' THEN 1 ELSE 0 END), 0) AS Searchable,
            coalesce(sum(CASE WHEN {HasWork} THEN 1 ELSE 0 END), 0) AS UnderWay,
            coalesce(sum(CASE WHEN k.status = 'failed' AND NOT {HasWork} THEN 1 ELSE 0 END), 0) AS Failed,
            coalesce(sum(CASE WHEN {Lacks} AND NOT {HasWork} THEN 1 ELSE 0 END), 0) AS Behind
        {From}
        """;

    private const string From = """
         FROM documents AS d LEFT JOIN document_knowledge AS k ON k.document_id = d.id
        WHERE d.status IN ('completed', 'partial')
        """;

    private const string Lacks = """
        (k.document_id IS NULL OR k.method <> @Method OR (k.status <> 'completed' AND k.updated_at < @UnfinishedSince)
            OR (@Space IS NOT NULL AND k.status = 'completed' AND k.chunks > 0
                AND NOT EXISTS (SELECT 1 FROM document_vectors AS v WHERE v.document_id = d.id AND v.space = @Space)))
        """;

    // The id of what is known of a document is the document's own under another prefix.
    private const string HasWork = "EXISTS (SELECT 1 FROM work_items AS w WHERE w.subject = 'kno' || substr(d.id, 4))";

    /// <summary>The parameters of the statements.</summary>
    /// <param name="need">What documents must have.</param>
    /// <param name="before">Only older ones.</param>
    /// <param name="most">At most so many.</param>
    public static BacklogParameters Parameters(KnowledgeNeed need, DocumentId? before = null, int most = 0) =>
        new(need.Method, need.Space?.Name, TimeText.Of(need.UnfinishedSince), before?.ToString(), most);
}

/// <summary>The parameters of <see cref="BacklogSql"/>.</summary>
internal sealed record BacklogParameters(string Method, string? Space, string UnfinishedSince, string? Before, long Most);

/// <summary>A row of <see cref="BacklogSql.Count"/>.</summary>
internal sealed record BacklogCountRow(long Documents, long Searchable, long UnderWay, long Failed, long Behind)
{
    /// <summary>The value of this row.</summary>
    public KnowledgeCounts ToCounts() => new((int)Documents, (int)Searchable, (int)UnderWay, (int)Failed, (int)Behind);
}
