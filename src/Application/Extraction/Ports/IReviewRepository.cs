using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction.Ports;

/// <summary>Keeps the audit trail of reviews: entries are added and never changed, and live as long as their document.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>ReviewRepositoryContract</c>. Safe to call concurrently.</remarks>
public interface IReviewRepository
{
    /// <summary>Adds an entry and the event that tells of it, both or neither. Durable when this returns.</summary>
    Task AppendAsync(DocumentId id, FieldReview review, NewEvent happened, CancellationToken ct);

    /// <summary>Every entry of a document, oldest first.</summary>
    Task<ValueList<FieldReview>> ListAsync(DocumentId id, CancellationToken ct);

    /// <summary>Removes the trail with its document.</summary>
    Task DeleteAsync(DocumentId id, CancellationToken ct);
}
