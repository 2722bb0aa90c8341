using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>Where originals, page caches and users' files are kept; section <c>STORAGE</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The kind of store.</summary>
    /// <value>Default <c>filesystem</c>.</value>
    [AllowedValues("filesystem", ErrorMessage = "The storage provider must be 'filesystem'.")]
    public string Provider { get; init; } = "filesystem";

    /// <summary>The folder, made when missing.</summary>
    /// <value>Default <c>artifacts</c>, below the working directory.</value>
    [Required]
    public string Root { get; init; } = "artifacts";
}
