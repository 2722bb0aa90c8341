using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>Gives adapters that need a file a local path to a blob's bytes.</summary>
public interface ILocalBlobs
{
    /// <summary>Makes the blob's bytes available under a path until disposed; the file must not be changed.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    Task<LocalBlob> OpenAsync(BlobKey key, CancellationToken ct);
}

/// <summary>A blob as a local file, for as long as it is not disposed.</summary>
/// <param name="path">Where the bytes are.</param>
/// <param name="release">What to do when the file is no longer needed; null for nothing.</param>
public sealed class LocalBlob(string path, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>Absolute path of the file; read only.</summary>
    public string Path => path;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
}
