using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Batches.Zip;

/// <summary>Where archives lie while they are opened; section <c>BATCH</c>.</summary>
public sealed class ArchiveOptions
{
    /// <summary>The folder for archives of uploads that are being received; nothing in it outlives its request.</summary>
    /// <value>Default <c>artifacts/batches</c>.</value>
    [Required]
    public string BatchArtifactsDir { get; init; } = "artifacts/batches";
}
