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
    /// <summary>The printed id of the batch whose readers are told too; null for none.</summary>
    public string? Batch { get; init; }
}

/// <summary>Reads the one log of everything that happened. Appending is part of the repositories' transactions.</summary>
/// <remarks>
/// Adapters: SQLite, PostgreSQL. Each passes <c>EventLogContract</c>. Safe to call concurrently. Events become visible in the order of their sequences: whoever has read
/// as far as a sequence will never find an older event.
/// </remarks>
public interface IEventLog
{
    /// <summary>The next events after <paramref name="after"/>, oldest first, at most <paramref name="limit"/>.</summary>
    /// <param name="subject">Only events about this, and for a batch also those about its documents; null for all.</param>
    /// <param name="after">A sequence; 0 reads from the start.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<ValueList<LoggedEvent>> ReadAsync(string? subject, long after, int limit, CancellationToken ct);

    /// <summary>The sequence of the newest event; 0 while there is none.</summary>
    Task<long> LastSequenceAsync(CancellationToken ct);

    /// <summary>
    /// Waits until the log holds an event after <paramref name="after"/>; returns at once when it does already. What this process appends is noticed at once,
    /// what others append within about a second.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task WaitForEventsAsync(long after, CancellationToken ct);
}
