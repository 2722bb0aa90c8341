using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Documents.Ports;

/// <summary>A change of a document with everything that must become true together with it.</summary>
/// <param name="Document">The new value, still with the version that was read.</param>
/// <param name="Events">What to append to the event log.</param>
public sealed record DocumentChange(Document Document, ValueList<NewEvent> Events)
{
    /// <summary>Work to enqueue.</summary>
    public WorkItem? NextWork { get; init; }

    /// <summary>Work of other modules, under subjects of their own, that begins with this change.</summary>
    public ValueList<WorkItem> WorkBeside { get; init; } = [];

    /// <summary>Work that this change finishes; the change fails when this node no longer holds its lease.</summary>
    public WorkItemId? FinishedWork { get; init; }

    /// <summary>True to remove all other work of the document, leased or not.</summary>
    public bool DropsWork { get; init; }
}

/// <summary>A new document with everything that must become true together with it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Events">What to append to the event log.</param>
public sealed record DocumentArrival(Document Document, ValueList<NewEvent> Events)
{
    /// <summary>The work that begins its way through the stages.</summary>
    public required WorkItem FirstWork { get; init; }
}

/// <summary>Which documents to list.</summary>
/// <param name="Status">Only of this status.</param>
/// <param name="Kind">Only of this kind.</param>
/// <param name="Text">Only whose file name contains this, in any letter case.</param>
/// <param name="Before">Only older than this document: the cursor.</param>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
public sealed record DocumentQuery(DocumentStatus? Status, DocumentKind? Kind, string? Text, DocumentId? Before, int Limit)
{
    /// <summary>Only of this batch.</summary>
    public BatchId? Batch { get; init; }

    /// <summary>One more than the largest page of the list, because one more tells whether there is a next page.</summary>
    public const int MaximumLimit = 201;
}

/// <summary>Keeps documents. Each write is one transaction with the events and work that belong to it.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>DocumentRepositoryContract</c>. Safe to call concurrently.</remarks>
public interface IDocumentRepository
{
    /// <summary>Stores new documents, their first work and their events, all or nothing.</summary>
    Task AddAsync(ValueList<DocumentArrival> arrivals, CancellationToken ct);

    /// <summary>The document, or null.</summary>
    Task<Document?> FindAsync(DocumentId id, CancellationToken ct);

    /// <summary>Documents, newest first.</summary>
    Task<ValueList<Document>> ListAsync(DocumentQuery query, CancellationToken ct);

    /// <summary>All documents of a batch, oldest first.</summary>
    Task<ValueList<Document>> ListOfBatchAsync(BatchId batch, CancellationToken ct);

    /// <summary>The oldest document of the same bytes, requested kind and schema that has not failed or been cancelled; null when there is none.</summary>
    Task<DocumentId?> FindTwinAsync(ContentHash hash, DocumentKind requestedKind, string? schemaName, CancellationToken ct);

    /// <summary>
    /// Applies a change, all or nothing. Returns the document with its new version, or null when the stored version is not the one that was
    /// read, the document is gone, or the lease on <see cref="DocumentChange.FinishedWork"/> is lost.
    /// </summary>
    Task<Document?> SaveAsync(DocumentChange change, CancellationToken ct);

    /// <summary>Applies a change to each document of a batch, all or nothing, so that none changes in between.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="change">The change of one document, of the value that it is given; null leaves it alone. May be called again for the same document.</param>
    /// <param name="ct">Cancels the whole.</param>
    /// <returns>The documents that changed, with their new versions.</returns>
    Task<ValueList<Document>> UpdateAllAsync(BatchId batch, Func<Document, DocumentChange?> change, CancellationToken ct);

    /// <summary>Moves the document's waiting work to the front of its queue; no effect when there is none.</summary>
    Task HastenAsync(DocumentId id, CancellationToken ct);

    /// <summary>Removes a document with its work; its events stay, with <paramref name="events"/> after them. False when there was none.</summary>
    Task<bool> DeleteAsync(DocumentId id, ValueList<NewEvent> events, CancellationToken ct);
}
