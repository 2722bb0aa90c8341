namespace Idp.Application.Kernel.Events;

/// <summary>Appends to the one log what is true by itself, such as a provider's refusal. What a change of state makes true is appended in its transaction instead.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>EventAppenderContract</c>. Safe to call concurrently.</remarks>
public interface IEventAppender
{
    /// <summary>Appends events in their order, all or none. Durable when this returns.</summary>
    /// <param name="events">The events; none is no work.</param>
    /// <param name="ct">Cancels; nothing is appended then.</param>
    Task AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken ct);
}
