using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Events;

/// <summary>Something that happened, to be appended in the transaction that makes it true.</summary>
/// <param name="Subject">The printed id that it is about, e.g. <c>doc_…</c>.</param>
/// <param name="Name">The event's name in the contract, e.g. <c>document_stage_update</c>.</param>
/// <param name="Data">One JSON object.</param>
public sealed record NewEvent(string Subject, string Name, string Data)
{
    /// <summary>The printed id of the batch whose readers are told too; null for none.</summary>
    public string? Batch { get; init; }
}

/// <summary>An event as the log holds it.</summary>
/// <param name="Sequence">Its place in the whole log; increasing, with gaps possible.</param>
/// <param name="Subject">The printed id that it is about.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Data">One JSON object.</param>
/// <param name="At">When it happened.</param>
public sealed record LoggedEvent(long Sequence, string Subject, string Name, string Data, DateTimeOffset At)
{
    /// <summary>The printed id of the batch that the subject belongs to; null for none.</summary>
    public string? Batch { get; init; }
}

/// <summary>Reads the one log of everything that happened. Appending is part of the repositories' transactions.</summary>
/// <remarks>Adapters: SQLite. Each passes <c>EventLogContract</c>.</remarks>
public interface IEventLog
{
    /// <summary>The next events after <paramref name="after"/>, oldest first, at most <paramref name="limit"/>.</summary>
    /// <param name="subject">Only events about this, and for a batch also those about its documents; null for all.</param>
    /// <param name="after">A sequence; 0 reads from the start.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<ValueList<LoggedEvent>> ReadAsync(string? subject, long after, int limit, CancellationToken ct);

    /// <summary>The sequence of the latest event; 0 when there is none.</summary>
    Task<long> LastSequenceAsync(CancellationToken ct);

    /// <summary>Waits until there may be events after <paramref name="after"/>: a signal from this process, or <paramref name="atMost"/>.</summary>
    Task WaitForEventsAsync(long after, TimeSpan atMost, CancellationToken ct);
}
