using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Json;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Application.Extraction;

/// <summary>The data of an event about a review; no values, because events outlive their document.</summary>
internal sealed record ReviewEventData(string DocumentId, string? BatchId, string FieldId, string Name, ReviewAction Action, string Actor);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(ReviewEventData))]
internal sealed partial class ReviewEventJson : JsonSerializerContext;

/// <summary>Makes the event that tells of a review.</summary>
internal static class ReviewEvents
{
    public static NewEvent Reviewed(Document document, FieldReview review)
    {
        var data = new ReviewEventData(
            document.Id.ToString(), document.BatchId?.ToString(), review.Field.ToString(), review.Reading.Name, review.Action, review.Actor);
        return new NewEvent(document.Id.ToString(), "field_reviewed", JsonSerializer.Serialize(data, ReviewEventJson.Default.ReviewEventData))
        {
            Batch = document.BatchId?.ToString(),
        };
    }
}
