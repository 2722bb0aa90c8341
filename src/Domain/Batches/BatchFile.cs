using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Batches;

/// <summary>What became of one file of an upload.</summary>
public enum BatchFileStatus
{
    /// <summary>It is a document of the batch.</summary>
    Accepted,

    /// <summary>It cannot be used, and nothing of it is kept.</summary>
    Rejected,

    /// <summary>It is a document of the batch, and the same file is known already: its work is found in the cache.</summary>
    Duplicate,
}

/// <summary>One file of a batch's upload and the verdict on it; never changes.</summary>
/// <param name="FileName">The name that the sender gave; for a file of an archive, the archive's name and the path in it.</param>
/// <param name="Status">The verdict.</param>
/// <param name="DocumentId">Its document; null when it was rejected.</param>
/// <param name="DuplicateOf">The earlier document of the same file, where there is one.</param>
/// <param name="Problem">Why it was rejected; null when it was not.</param>
public sealed record BatchFile(string FileName, BatchFileStatus Status, DocumentId? DocumentId, DocumentId? DuplicateOf, Error? Problem)
{
    /// <summary>A file that became a document.</summary>
    public static BatchFile Of(string fileName, Document document) => new(
        fileName, document.DuplicateOf is null ? BatchFileStatus.Accepted : BatchFileStatus.Duplicate, document.Id, document.DuplicateOf, null);

    /// <summary>A file that cannot be used.</summary>
    public static BatchFile Refused(string fileName, Error problem) => new(fileName, BatchFileStatus.Rejected, null, null, problem);
}
