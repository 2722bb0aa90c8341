using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;

namespace Idp.Domain.Batches;

/// <summary>What one failed document does to the rest of its batch.</summary>
public enum ErrorStrategy
{
    /// <summary>Nothing: the others go on.</summary>
    Continue,

    /// <summary>The others are stopped, and the batch has failed.</summary>
    FailAll,
}

/// <summary>Where a batch stands.</summary>
public enum BatchStatus
{
    /// <summary>Documents wait or are at work.</summary>
    Processing,

    /// <summary>Every document completed.</summary>
    Completed,

    /// <summary>Some documents gave less than everything, or nothing.</summary>
    Partial,

    /// <summary>No document gave a result, or one failed and <see cref="ErrorStrategy.FailAll"/> stopped the rest.</summary>
    Failed,

    /// <summary>Someone stopped it.</summary>
    Cancelled,
}

/// <summary>Files that were sent together, as one job. What it says of its documents follows from them alone: <see cref="With"/>.</summary>
/// <param name="Id">The batch.</param>
/// <param name="ErrorStrategy">What a failed document does to the others.</param>
/// <param name="Priority">Who goes first.</param>
/// <param name="BudgetUsd">The cap that the batch was sent with, in US dollars; null for none.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Counts">How its files ended.</param>
/// <param name="Percent">How far it is, 0 to 100.</param>
/// <param name="IsCancelRequested">True once someone stopped it, until a document of it is run again after that.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="EndedAt">When its last document ended; null while one is at work.</param>
/// <param name="Version">Counts the stored changes; the store refuses to overwrite a version it does not expect.</param>
public sealed record Batch(
    BatchId Id,
    ErrorStrategy ErrorStrategy,
    Priority Priority,
    decimal? BudgetUsd,
    BatchStatus Status,
    BatchCounts Counts,
    int Percent,
    bool IsCancelRequested,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    long Version)
{
    /// <summary>True when nothing more happens unless someone asks.</summary>
    public bool HasEnded => Status != BatchStatus.Processing;

    /// <summary>A batch of which no document has begun.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="strategy">What a failed document does to the others.</param>
    /// <param name="priority">Who goes first.</param>
    /// <param name="budgetUsd">Cap in US dollars.</param>
    /// <param name="files">The verdicts on its files.</param>
    /// <param name="at">Now.</param>
    public static Batch Received(
        BatchId id, ErrorStrategy strategy, Priority priority, decimal? budgetUsd, IReadOnlyCollection<BatchFile> files, DateTimeOffset at)
    {
        var rejected = files.Count(static file => file.Status == BatchFileStatus.Rejected);
        var nothingToDo = rejected == files.Count;
        return new Batch(
            id, strategy, priority, budgetUsd, nothingToDo ? BatchStatus.Failed : BatchStatus.Processing,
            new BatchCounts(files.Count, 0, 0, 0, 0, rejected), nothingToDo ? 100 : 0, IsCancelRequested: false, at, at, nothingToDo ? at : null, 0);
    }

    /// <summary>The batch as its documents make it. The same value when they changed nothing.</summary>
    /// <param name="documents">All documents of the batch that are still known.</param>
    /// <param name="at">Now.</param>
    public Batch With(IReadOnlyCollection<Document> documents, DateTimeOffset at)
    {
        var counts = Counts.With(documents);
        var isReopened = HasEnded && counts.Open > 0;
        var next = this with
        {
            Counts = counts,
            Status = StatusOf(counts),
            IsCancelRequested = IsCancelRequested && !isReopened,
            Percent = counts.Open == 0 ? 100 : BatchProgress.Of(documents).Percent,
        };
        return next == this ? this : next with { UpdatedAt = at, EndedAt = next.HasEnded ? EndedAt ?? at : null };
    }

    /// <summary>
    /// True when documents that are still at work must be stopped: someone stopped the batch, or a document failed since and one fails all. A failure that was there
    /// before does not count again, so that what it stopped can be run once more.
    /// </summary>
    /// <param name="before">The batch as it was stored last.</param>
    public bool MustStopDocuments(Batch before) =>
        Counts.Open > 0 && (IsCancelRequested || (ErrorStrategy == ErrorStrategy.FailAll && Counts.Failed > before.Counts.Failed));

    private BatchStatus StatusOf(BatchCounts counts) => counts switch
    {
        { Open: > 0 } => BatchStatus.Processing,
        { Cancelled: > 0 } when IsCancelRequested => BatchStatus.Cancelled,
        { Failed: > 0 } when ErrorStrategy == ErrorStrategy.FailAll => BatchStatus.Failed,
        { Completed: 0, Partial: 0, Failed: 0, Cancelled: > 0 } => BatchStatus.Cancelled,
        { Completed: 0, Partial: 0 } => BatchStatus.Failed,
        { Partial: 0, Failed: 0, Cancelled: 0 } => BatchStatus.Completed,
        _ => BatchStatus.Partial,
    };
}
