using System.Text.Json;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Json;
using Idp.Application.Kernel.Events;
using Idp.Application.Retrieval;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using MediatR;

namespace Idp.Api.Retrieval;

/// <summary>The events of the work that makes one document searchable.</summary>
internal sealed class KnowledgeTopic(DocumentId id, IMediator mediator) : IEventTopic
{
    private const string Gone = "deleted";

    /// <inheritdoc />
    public string Subject { get; } = KnowledgeId.Of(id).ToString();

    /// <inheritdoc />
    public async Task<Result<TopicState>> ReadAsync(CancellationToken ct)
    {
        var found = await mediator.Send(new GetKnowledge(id), ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var status = found.Value.Status;
        return new TopicState(
            JsonSerializer.Serialize(KnowledgeBody.From(found.Value), ApiJson.Relaxed.KnowledgeBody),
            status is KnowledgeStatus.Completed or KnowledgeStatus.Failed ? status.Print() : null);
    }

    /// <inheritdoc />
    public string? RestsAfter(LoggedEvent logged, string? before) => logged.Name switch
    {
        KnowledgeEvents.Completed => KnowledgeStatus.Completed.Print(),
        KnowledgeEvents.Failed => KnowledgeStatus.Failed.Print(),
        KnowledgeEvents.Deleted => Gone,
        KnowledgeEvents.Progress => null,
        _ => before,
    };

    /// <inheritdoc />
    public string DoneData(string status) => JsonSerializer.Serialize(new DoneBody(status) { DocumentId = id.ToString() }, ApiJson.Relaxed.DoneBody);
}
