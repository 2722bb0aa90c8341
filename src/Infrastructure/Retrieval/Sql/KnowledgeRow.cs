using System.Text.Json;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>The knowledge of a document as the table holds it: types that both databases have, in the order of <see cref="Find"/>.</summary>
internal sealed record KnowledgeRow(string DocumentId, string Status, string Steps, string Fingerprint, string? Summary, long Chunks, string? Problem, string UpdatedAt, string Method)
{
    /// <summary>Reads one.</summary>
    public const string Find = """
        SELECT document_id AS DocumentId, status AS Status, steps AS Steps, fingerprint AS Fingerprint, summary AS Summary, chunks AS Chunks, problem AS Problem, updated_at AS UpdatedAt, method AS Method
        FROM document_knowledge WHERE document_id = @Id
        """;

    /// <summary>Adds or replaces one; nothing where the document is gone.</summary>
    public const string Save = """
        INSERT INTO document_knowledge (document_id, status, steps, fingerprint, summary, chunks, problem, updated_at, method)
        SELECT id, @Status, @Steps, @Fingerprint, @Summary, @Chunks, @Problem, @UpdatedAt, @Method FROM documents WHERE id = @DocumentId
        ON CONFLICT (document_id) DO UPDATE SET
            status = excluded.status, steps = excluded.steps, fingerprint = excluded.fingerprint, summary = excluded.summary, chunks = excluded.chunks, problem = excluded.problem,
            updated_at = excluded.updated_at, method = excluded.method
        """;

    /// <summary>The row of a value.</summary>
    public static KnowledgeRow Of(DocumentKnowledge knowledge) => new(
        knowledge.Id.ToString(),
        EnumText<KnowledgeStatus>.Of(knowledge.Status),
        JsonSerializer.Serialize(knowledge.Steps, KnowledgeColumnsJson.Default.ValueListStageProgress),
        knowledge.Fingerprint,
        knowledge.Summary is null ? null : JsonSerializer.Serialize(knowledge.Summary, KnowledgeColumnsJson.Default.DocumentSummary),
        knowledge.Chunks,
        knowledge.Problem is null ? null : JsonSerializer.Serialize(knowledge.Problem, KnowledgeColumnsJson.Default.Error),
        TimeText.Of(knowledge.UpdatedAt),
        knowledge.Method);

    /// <summary>The value of this row.</summary>
    public DocumentKnowledge ToKnowledge() => new(
        StrongId.Parse<DocumentId>(DocumentId),
        EnumText<KnowledgeStatus>.Parse(Status),
        JsonSerializer.Deserialize(Steps, KnowledgeColumnsJson.Default.ValueListStageProgress)!,
        Fingerprint,
        Summary is null ? null : JsonSerializer.Deserialize(Summary, KnowledgeColumnsJson.Default.DocumentSummary),
        (int)Chunks,
        Problem is null ? null : JsonSerializer.Deserialize(Problem, KnowledgeColumnsJson.Default.Error),
        TimeText.Parse(UpdatedAt))
    {
        Method = Method,
    };
}
