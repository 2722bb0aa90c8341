using System.Text.Json;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Json;
using Idp.Application.Batches;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Batches;

/// <summary>The events of one batch and of its documents.</summary>
internal sealed class BatchTopic(BatchId id, IMediator mediator, TimeProvider clock) : IEventTopic
{
    /// <inheritdoc />
    public string Subject { get; } = id.ToString();

    /// <inheritdoc />
    public async Task<Result<TopicState>> ReadAsync(CancellationToken ct)
    {
        var found = await mediator.Send(new GetBatch(id), ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var batch = found.Value.Batch;
        return new TopicState(
            JsonSerializer.Serialize(BatchBody.From(found.Value, clock.GetUtcNow()), ApiJson.Relaxed.BatchBody), batch.HasEnded ? batch.Status.Print() : null);
    }

    /// <inheritdoc />
    public string? RestsAfter(LoggedEvent logged, string? before) => logged.Name switch
    {
        "batch_completed" => StatusIn(logged.Data),
        "batch_update" => null,
        _ => before,
    };

    /// <inheritdoc />
    public string DoneData(string status) => JsonSerializer.Serialize(new DoneBody(status) { BatchId = Subject }, ApiJson.Relaxed.DoneBody);

    private static string? StatusIn(string data)
    {
        using var parsed = JsonDocument.Parse(data);
        return parsed.RootElement.GetProperty("status").GetString();
    }
}
