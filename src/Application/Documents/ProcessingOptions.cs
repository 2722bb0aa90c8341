using System.ComponentModel.DataAnnotations;

namespace Idp.Application.Documents;

/// <summary>How much is done at once; section <c>BATCH</c>.</summary>
public sealed class ProcessingOptions
{
    /// <summary>Documents at work at the same time on this node.</summary>
    /// <value>Default 5.</value>
    [Range(1, 1000)]
    public int MaxConcurrentDocuments { get; init; } = 5;

    /// <summary>Pages of one document at work at the same time.</summary>
    /// <value>Default 4.</value>
    [Range(1, 256)]
    public int MaxWorkersPerDocument { get; init; } = 4;

    /// <summary>False reads the pages of a document one after the other.</summary>
    /// <value>Default true.</value>
    public bool EnablePageParallelism { get; init; } = true;

    /// <summary>Calls of a paid model that documents may begin in a minute, and at once after a rest; 0 for no limit. <c>LLM__REQUESTS_PER_MINUTE</c> wins.</summary>
    /// <value>Default 60.</value>
    [Range(0, 1_000_000)]
    public int RateLimitRequestsPerMinute { get; init; } = 60;

    /// <summary>Pages of one document at work at the same time, both settings considered.</summary>
    public int PagesAtOnce => EnablePageParallelism ? MaxWorkersPerDocument : 1;
}
