using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents.Contracts;

/// <summary>What may be asked of all documents of a batch at once.</summary>
public interface IBatchDocuments
{
    /// <summary>The batch's documents that are still known, oldest first.</summary>
    Task<ValueList<Document>> ListAsync(BatchId batch, CancellationToken ct);

    /// <summary>Stops every document that has not ended, all in one transaction first and in this process afterwards.</summary>
    Task CancelAllAsync(BatchId batch, CancellationToken ct);

    /// <summary>Runs documents of one of these statuses again; all or none of them.</summary>
    /// <returns>How many there were.</returns>
    Task<int> RetryAllAsync(BatchId batch, IReadOnlyCollection<DocumentStatus> statuses, CancellationToken ct);
}
