using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Events;

/// <summary>What a stream of events is about: a document, a batch, everything.</summary>
internal interface IEventTopic
{
    /// <summary>The printed id whose events are streamed, for a batch with those of its documents; null for all events.</summary>
    string? Subject { get; }

    /// <summary>Reads how the topic stands now, or why there is no such topic.</summary>
    Task<Result<TopicState>> ReadAsync(CancellationToken ct);

    /// <summary>The status in which the topic rests after an event; null when more is to come.</summary>
    /// <param name="logged">The event.</param>
    /// <param name="before">The status in which it rested before; null when it did not. The answer for events that do not change it.</param>
    string? RestsAfter(LoggedEvent logged, string? before);

    /// <summary>The data of <c>done</c>: one JSON object.</summary>
    string DoneData(string status);
}

/// <summary>How a topic stands.</summary>
/// <param name="Snapshot">The body of its GET endpoint: one JSON object.</param>
/// <param name="RestsIn">Its status when nothing more happens unless someone asks; null while it is at work.</param>
internal sealed record TopicState(string Snapshot, string? RestsIn);
