using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Json;
using Idp.Domain.Documents;

namespace Idp.Application.Documents;

/// <summary>The data of every event about a document.</summary>
internal sealed record DocumentEventData(
    string DocumentId, string? BatchId, DocumentStatus Status, string Stage, int Progress, int StageProgress, int PagesProcessed, int? TotalPages, int? Page, string? ProblemCode);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(DocumentEventData))]
internal sealed partial class DocumentEventJson : JsonSerializerContext;

/// <summary>Makes the events of the contract out of a document's new value.</summary>
internal static class DocumentEvents
{
    public static NewEvent Queued(Document document) => Of("document_queued", document);

    public static NewEvent StageUpdate(Document document) => Of("document_stage_update", document);

    public static NewEvent PageCompleted(Document document, int page, string? problemCode) => Of("page_completed", document, page, problemCode);

    public static NewEvent Deleted(Document document) => Of("document_deleted", document);

    /// <summary>The event that ends a document.</summary>
    public static NewEvent Ended(Document document) => Of($"document_{JsonNamingPolicy.SnakeCaseLower.ConvertName(document.Status.ToString())}", document);

    private static NewEvent Of(string name, Document document, int? page = null, string? problemCode = null)
    {
        var stage = document.CurrentStage;
        var stageProgress = stage == StageNames.Completed ? 100 : document.StageOf(stage).Percent;
        var data = new DocumentEventData(
            document.Id.ToString(), document.BatchId?.ToString(), document.Status, stage, document.Percent, stageProgress, document.PagesProcessed, document.TotalPages, page, problemCode);
        return new NewEvent(document.Id.ToString(), name, JsonSerializer.Serialize(data, DocumentEventJson.Default.DocumentEventData))
        {
            Batch = document.BatchId?.ToString(),
        };
    }
}
