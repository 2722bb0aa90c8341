using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval.Ports;

/// <summary>Keeps what is known of documents and how far the work on it is.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>KnowledgeRepositoryContract</c>. Safe to call concurrently. What belongs to a document goes with it.</remarks>
public interface IKnowledgeRepository
{
    /// <summary>What is known of a document, or null when the work has not begun.</summary>
    Task<DocumentKnowledge?> FindAsync(DocumentId id, CancellationToken ct);

    /// <summary>Stores the new value in place of the old one and appends what it tells to the log of events, together with the end of the work where there is one.</summary>
    /// <param name="knowledge">The new value.</param>
    /// <param name="events">What happened, in order; may be empty.</param>
    /// <param name="finishedWork">Work that ends with it; null while it goes on.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False, and nothing is stored, when the document is gone or this node no longer holds the work's lease.</returns>
    Task<bool> SaveAsync(DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId? finishedWork, CancellationToken ct);

    /// <summary>Stores the new value and appends what it tells to the log of events, together with the end of some work and the beginning of the next.</summary>
    /// <param name="knowledge">The new value.</param>
    /// <param name="events">What happened, in order; may be empty.</param>
    /// <param name="finishedWork">Work that ends.</param>
    /// <param name="nextWork">Work that becomes durable.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False, and nothing is stored, when the document is gone or this node no longer holds the lease of the work that ends.</returns>
    Task<bool> HandOnAsync(DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId finishedWork, WorkItem nextWork, CancellationToken ct);
}
