using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Batches;

/// <summary>Every expected failure that concerns batches.</summary>
public static class BatchErrors
{
    /// <summary>No such batch.</summary>
    public static Error NotFound(BatchId id) => new(ErrorKind.NotFound, "batch.not-found", $"There is no batch {id}.");

    /// <summary>The batch has ended already.</summary>
    public static Error AlreadyEnded(BatchId id, BatchStatus status) => new(
        ErrorKind.Conflict, "batch.already-ended", $"Batch {id} has ended already: {status}.");

    /// <summary>An upload without files.</summary>
    public static Error NoFiles() => new(ErrorKind.Malformed, "batch.no-files", "The form has no part named 'files' with a file in it.");

    /// <summary>A file over the number that a batch may have.</summary>
    public static Error TooManyFiles(int limit) => new(
        ErrorKind.TooLarge, "batch.too-many-files", $"A batch takes at most {limit} files (BATCH__MAX_FILES); send this one in another.");

    /// <summary>An archive that cannot be opened.</summary>
    public static Error DamagedArchive() => new(ErrorKind.Invalid, "archive.damaged", "The archive is damaged, encrypted or of a kind that cannot be opened.");

    /// <summary>An archive without files.</summary>
    public static Error EmptyArchive() => new(ErrorKind.Invalid, "archive.empty", "The archive has no files in it.");

    /// <summary>An archive lists more files than are looked at.</summary>
    public static Error TooManyArchivedFiles(int limit) => new(
        ErrorKind.TooLarge, "archive.too-many-files", $"The archive lists more than {limit} files, or lists them at such length, and is not opened.");

    /// <summary>An archive in an archive in an archive.</summary>
    public static Error ArchiveTooDeep(int limit) => new(
        ErrorKind.TooLarge, "archive.too-deep", $"Archives are opened {limit} deep and no deeper.");

    /// <summary>A file of an archive that grows out of all proportion when it is unpacked.</summary>
    public static Error ArchiveBomb(int ratio) => new(
        ErrorKind.TooLarge, "archive.suspicious-ratio", $"The file grows to more than {ratio} times its packed size; archives like this are not unpacked.");
}
