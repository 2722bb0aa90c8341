using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Json;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>The data of every event about the knowledge of a document.</summary>
internal sealed record KnowledgeEventData(string DocumentId, KnowledgeStatus Status, string Stage, int Progress, int StageProgress, int Chunks, string? ProblemCode);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(KnowledgeEventData))]
internal sealed partial class KnowledgeEventJson : JsonSerializerContext;

/// <summary>
/// Makes the events of the contract out of what is known of a document. Their subject is the knowledge, not the document: a document's stream ends when its data is there, and does not wait for this.
/// </summary>
public static class KnowledgeEvents
{
    /// <summary>A step began, got further or waits.</summary>
    public const string Progress = "knowledge_progress";

    /// <summary>The document is searchable in every way that is set.</summary>
    public const string Completed = "knowledge_completed";

    /// <summary>A step gave up.</summary>
    public const string Failed = "knowledge_failed";

    /// <summary>Removed with the document.</summary>
    public const string Deleted = "knowledge_deleted";

    private const string NoStep = "completed";

    /// <summary>What a new value tells.</summary>
    internal static NewEvent Of(DocumentKnowledge knowledge) => Of(
        knowledge.Status switch
        {
            KnowledgeStatus.Completed => Completed,
            KnowledgeStatus.Failed => Failed,
            KnowledgeStatus.Queued or KnowledgeStatus.Processing => Progress,
        },
        knowledge);

    /// <summary>That the document is being deleted.</summary>
    internal static NewEvent OfDeleted(DocumentKnowledge knowledge) => Of(Deleted, knowledge);

    private static NewEvent Of(string name, DocumentKnowledge knowledge)
    {
        var isDone = knowledge.Status == KnowledgeStatus.Completed;
        var step = knowledge.Steps.First(step => step.Name == knowledge.CurrentStep);
        var data = new KnowledgeEventData(
            knowledge.Id.ToString(), knowledge.Status, isDone ? NoStep : step.Name, knowledge.Percent, isDone ? 100 : step.Percent, knowledge.Chunks, knowledge.Problem?.Code);
        return new NewEvent(KnowledgeId.Of(knowledge.Id).ToString(), name, JsonSerializer.Serialize(data, KnowledgeEventJson.Default.KnowledgeEventData));
    }
}
