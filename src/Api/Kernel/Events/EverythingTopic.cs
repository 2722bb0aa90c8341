using System.Text.Json;
using Idp.Api.Documents;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Kernel.Events;

/// <summary>All events; never at rest.</summary>
internal sealed class EverythingTopic(IMediator mediator) : IEventTopic
{
    /// <inheritdoc />
    public string? Subject => null;

    /// <inheritdoc />
    public async Task<Result<TopicState>> ReadAsync(CancellationToken ct)
    {
        var status = await mediator.Send(new GetProcessorStatus(), ct);
        return status.IsSuccess
            ? new TopicState(JsonSerializer.Serialize(new EverythingBody(ProcessorBody.From(status.Value)), ApiJson.Relaxed.EverythingBody), RestsIn: null)
            : status.Error;
    }

    /// <inheritdoc />
    public string? RestsAfter(LoggedEvent logged, string? before) => null;

    /// <inheritdoc />
    public string DoneData(string status) => JsonSerializer.Serialize(new DoneBody(status), ApiJson.Relaxed.DoneBody);
}

/// <summary>The snapshot of the stream of all events.</summary>
/// <param name="Processor">What this node is doing and what waits, as <c>GET /v1/processor</c> answers.</param>
internal sealed record EverythingBody(ProcessorBody Processor);
