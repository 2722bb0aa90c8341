using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Json;
using Idp.Domain.Batches;

namespace Idp.Application.Batches;

/// <summary>The data of every event about a batch.</summary>
internal sealed record BatchEventData(string BatchId, BatchStatus Status, int Progress, BatchEventCounts Counts);

/// <summary>How the batch's files ended.</summary>
internal sealed record BatchEventCounts(int Total, int Completed, int Partial, int Failed, int Cancelled, int Rejected);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(BatchEventData))]
internal sealed partial class BatchEventJson : JsonSerializerContext;

/// <summary>Makes the events of the contract out of a batch's new value.</summary>
internal static class BatchEvents
{
    public static NewEvent Changed(Batch batch)
    {
        var counts = batch.Counts;
        var data = new BatchEventData(
            batch.Id.ToString(), batch.Status, batch.Percent,
            new BatchEventCounts(counts.Total, counts.Completed, counts.Partial, counts.Failed, counts.Cancelled, counts.Rejected));
        return new NewEvent(
            batch.Id.ToString(), batch.HasEnded ? "batch_completed" : "batch_update", JsonSerializer.Serialize(data, BatchEventJson.Default.BatchEventData));
    }
}
