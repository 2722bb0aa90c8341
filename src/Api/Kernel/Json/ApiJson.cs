using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Idp.Api.Batches;
using Idp.Api.CommandLine;
using Idp.Api.CommandLine.Evaluation;
using Idp.Api.Compatibility;
using Idp.Api.Documents;
using Idp.Api.Extraction;
using Idp.Api.Extraction.Exports;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Costs;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Health;
using Idp.Api.Kernel.Problems;
using Idp.Api.Research;
using Idp.Api.Retrieval;

namespace Idp.Api.Kernel.Json;

/// <summary>Every body that goes over the wire, in snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(DocumentBody))]
[JsonSerializable(typeof(DocumentListBody))]
[JsonSerializable(typeof(UploadForm))]
[JsonSerializable(typeof(BatchBody))]
[JsonSerializable(typeof(BatchListBody))]
[JsonSerializable(typeof(BatchUploadForm))]
[JsonSerializable(typeof(PageBody))]
[JsonSerializable(typeof(ProcessBody))]
[JsonSerializable(typeof(ProcessorBody))]
[JsonSerializable(typeof(AccountsBody))]
[JsonSerializable(typeof(AccountsEditBody))]
[JsonSerializable(typeof(ResultBody))]
[JsonSerializable(typeof(FieldBody))]
[JsonSerializable(typeof(FieldChangeBody))]
[JsonSerializable(typeof(NewFieldBody))]
[JsonSerializable(typeof(ReviewListBody))]
[JsonSerializable(typeof(ExportedDocumentBody))]
[JsonSerializable(typeof(RunListBody))]
[JsonSerializable(typeof(RunDifferenceBody))]
[JsonSerializable(typeof(SchemaListBody))]
[JsonSerializable(typeof(SchemaBody))]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(JobListBody))]
[JsonSerializable(typeof(CompanyListBody))]
[JsonSerializable(typeof(ResearchRequestBody))]
[JsonSerializable(typeof(ResearchUploadForm))]
[JsonSerializable(typeof(RubricListBody))]
[JsonSerializable(typeof(RubricBody))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(SearchAnswerBody))]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(KnowledgeOverviewBody))]
[JsonSerializable(typeof(KnowledgeBody))]
[JsonSerializable(typeof(ChunkListBody))]
[JsonSerializable(typeof(NumberedJobBody))]
[JsonSerializable(typeof(ResearchedListBody))]
[JsonSerializable(typeof(UsageBody))]
[JsonSerializable(typeof(BudgetBody))]
[JsonSerializable(typeof(BudgetChangeBody))]
[JsonSerializable(typeof(SessionStartBody))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(TicketBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(DoneBody))]
[JsonSerializable(typeof(EverythingBody))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ProbeBody))]
[JsonSerializable(typeof(ProcessedDocumentBody))]
[JsonSerializable(typeof(IReadOnlyList<ProcessedDocumentBody>))]
[JsonSerializable(typeof(BackgroundStatusBody))]
[JsonSerializable(typeof(ForcedProcessingBody))]
[JsonSerializable(typeof(BackgroundProcessorBody))]
[JsonSerializable(typeof(CachedPageBody))]
[JsonSerializable(typeof(PendingPageBody))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Writes other scripts and quotes as themselves: answers are never put into HTML.</summary>
    public static ApiJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
