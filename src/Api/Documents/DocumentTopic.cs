using System.Text.Json;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Documents;

/// <summary>The events of one document.</summary>
internal sealed class DocumentTopic(DocumentId id, IMediator mediator) : IEventTopic
{
    private const string Prefix = "document_";

    /// <inheritdoc />
    public string Subject { get; } = id.ToString();

    /// <inheritdoc />
    public async Task<Result<TopicState>> ReadAsync(CancellationToken ct)
    {
        var found = await mediator.Send(new GetDocument(id), ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var document = found.Value.Document;
        return new TopicState(
            JsonSerializer.Serialize(DocumentBody.From(found.Value), ApiJson.Relaxed.DocumentBody),
            document.IsTerminal ? document.Status.Print() : null);
    }

    /// <inheritdoc />
    public string? RestsAfter(LoggedEvent logged, string? before) => logged.Name switch
    {
        "document_completed" or "document_partial" or "document_failed" or "document_cancelled" or "document_deleted" => logged.Name[Prefix.Length..],
        "document_queued" => null,
        _ => before,
    };

    /// <inheritdoc />
    public string DoneData(string status) => JsonSerializer.Serialize(new DoneBody(status) { DocumentId = Subject }, ApiJson.Relaxed.DoneBody);
}
