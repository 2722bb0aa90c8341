using Idp.Domain.Kernel;

namespace Idp.Application.Batches.Ports;

/// <summary>One file of an archive.</summary>
/// <param name="Path">Its path in the archive, for people only; never used as a path.</param>
/// <param name="Content">Its unpacked bytes, readable once until the next file is asked for; reading throws <see cref="ArchiveException"/> when it breaks a limit or is damaged.</param>
public sealed record ArchivedFile(string Path, Stream Content);

/// <summary>An archive, or a file in it, cannot be used.</summary>
/// <param name="error">Why.</param>
public sealed class ArchiveException(Error error) : Exception(error.Message)
{
    /// <summary>Why.</summary>
    public Error Error { get; } = error;
}

/// <summary>Opens archives. Whatever they say of themselves is not believed: limits hold for what really comes out.</summary>
/// <remarks>Adapters: ZIP.</remarks>
public interface IArchiveReader
{
    /// <summary>How many leading bytes <see cref="IsArchive"/> needs.</summary>
    int HeadLength { get; }

    /// <summary>True when a file that begins like this is to be opened rather than read as a document.</summary>
    bool IsArchive(ReadOnlySpan<byte> head);

    /// <summary>The files in an archive, without folders and what operating systems add.</summary>
    /// <param name="content">The archive; read to its end before the first file is given.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="ArchiveException">It cannot be opened.</exception>
    IAsyncEnumerable<ArchivedFile> ReadAsync(Stream content, CancellationToken ct);
}
