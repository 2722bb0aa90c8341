using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>Where originals, page caches and users' files are kept; section <c>STORAGE</c>.</summary>
public sealed class StorageOptions
{
    private const string S3 = "s3";

    /// <summary>The kind of store: <c>filesystem</c> for one machine, <c>s3</c> for several.</summary>
    /// <value>Default <c>filesystem</c>.</value>
    [AllowedValues("filesystem", S3, ErrorMessage = "The storage provider must be 'filesystem' or 's3'.")]
    public string Provider { get; init; } = "filesystem";

    /// <summary>The folder of <c>filesystem</c>, made when missing.</summary>
    /// <value>Default <c>artifacts</c>, below the working directory.</value>
    [Required]
    public string Root { get; init; } = "artifacts";

    /// <summary>True when S3 is asked for.</summary>
    public bool IsS3 => Provider == S3;
}
