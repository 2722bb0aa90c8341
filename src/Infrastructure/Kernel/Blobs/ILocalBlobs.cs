using Idp.Application.Kernel.Blobs;

namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>Gives adapters that need a file a local path to a blob's bytes.</summary>
public interface ILocalBlobs
{
    /// <summary>Makes the blob's bytes available under a path until disposed; the file must not be changed.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    Task<LocalBlob> OpenAsync(BlobKey key, CancellationToken ct);
}
