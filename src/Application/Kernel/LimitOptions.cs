using System.ComponentModel.DataAnnotations;

namespace Idp.Application.Kernel;

/// <summary>What untrusted input may cost at most; section <c>LIMITS</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Largest upload in bytes.</summary>
    /// <value>Default 200 MiB.</value>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>Most pages of one document.</summary>
    /// <value>Default 2,000.</value>
    [Range(1, 100_000)]
    public int MaxPages { get; init; } = 2000;

    /// <summary>Most pixels of one page image.</summary>
    /// <value>Default 100 million.</value>
    [Range(10_000, 2_000_000_000)]
    public long MaxPagePixels { get; init; } = 100_000_000;

    /// <summary>Longest time for one page, in seconds.</summary>
    /// <value>Default 120.</value>
    [Range(1, 3600)]
    public int PageTimeoutSeconds { get; init; } = 120;

    /// <summary>Most address space of one worker process, in bytes.</summary>
    /// <value>Default 1 GiB.</value>
    [Range(256L * 1024 * 1024, long.MaxValue)]
    public long WorkerMemoryBytes { get; init; } = 1024L * 1024 * 1024;
}
