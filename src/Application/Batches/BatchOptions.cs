using System.ComponentModel.DataAnnotations;

namespace Idp.Application.Batches;

/// <summary>What a batch may hold; section <c>BATCH</c>.</summary>
public sealed class BatchOptions
{
    /// <summary>Files of one batch, those of archives included.</summary>
    /// <value>Default 50.</value>
    [Range(1, 10_000)]
    public int MaxFiles { get; init; } = 50;
}
