using Idp.Application.Kernel.Events;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Batches.Ports;

/// <summary>Which batches to list.</summary>
/// <param name="Status">Only of this status.</param>
/// <param name="Before">Only older than this batch: the cursor.</param>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
public sealed record BatchQuery(BatchStatus? Status, BatchId? Before, int Limit)
{
    /// <summary>One more than the largest page of the list, because one more tells whether there is a next page.</summary>
    public const int MaximumLimit = 201;
}

/// <summary>Keeps batches and the verdicts on their files; their documents are kept by the documents' own store.</summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>BatchRepositoryContract</c>. Safe to call concurrently.</remarks>
public interface IBatchRepository
{
    /// <summary>Stores a new batch with its files, all or nothing.</summary>
    Task AddAsync(Batch batch, ValueList<BatchFile> files, CancellationToken ct);

    /// <summary>The batch, or null.</summary>
    Task<Batch?> FindAsync(BatchId id, CancellationToken ct);

    /// <summary>The verdicts on a batch's files, in the order of the upload.</summary>
    Task<ValueList<BatchFile>> FilesOfAsync(BatchId id, CancellationToken ct);

    /// <summary>Batches, newest first.</summary>
    Task<ValueList<Batch>> ListAsync(BatchQuery query, CancellationToken ct);

    /// <summary>Batches that have not ended.</summary>
    Task<ValueList<BatchId>> ListUnfinishedAsync(CancellationToken ct);

    /// <summary>
    /// Stores a new value of a batch with its events, all or nothing. Returns it with its new version, or null when the stored version is not
    /// the one that was read.
    /// </summary>
    Task<Batch?> SaveAsync(Batch batch, ValueList<NewEvent> events, CancellationToken ct);
}
