using Idp.Domain.Documents;

namespace Idp.Domain.Batches;

/// <summary>How many files of a batch ended how; who is in none of them but <see cref="Total"/> is still at work.</summary>
/// <param name="Total">Files of the upload, rejected ones included.</param>
/// <param name="Completed">Documents without problems.</param>
/// <param name="Partial">Documents with a result and with problems.</param>
/// <param name="Failed">Documents without a result.</param>
/// <param name="Cancelled">Documents that were stopped or deleted.</param>
/// <param name="Rejected">Files that never became documents.</param>
public sealed record BatchCounts(int Total, int Completed, int Partial, int Failed, int Cancelled, int Rejected)
{
    /// <summary>Files that became documents.</summary>
    public int Accepted => Total - Rejected;

    /// <summary>Documents that have not ended.</summary>
    public int Open => Accepted - Completed - Partial - Failed - Cancelled;

    /// <summary>Counts the documents of a batch; one that is gone was deleted, and deleting it stopped it.</summary>
    public BatchCounts With(IReadOnlyCollection<Document> documents) => this with
    {
        Completed = Count(documents, DocumentStatus.Completed),
        Partial = Count(documents, DocumentStatus.Partial),
        Failed = Count(documents, DocumentStatus.Failed),
        Cancelled = Count(documents, DocumentStatus.Cancelled) + Accepted - documents.Count,
    };

    private static int Count(IReadOnlyCollection<Document> documents, DocumentStatus status) => documents.Count(document => document.Status == status);
}
