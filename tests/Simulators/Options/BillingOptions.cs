namespace Idp.Simulators.Options;

/// <summary>What is put on the bill.</summary>
public sealed record BillingOptions
{
    /// <summary>What happens to a request whose client has gone.</summary>
    public AbandonedRequests Abandoned { get; init; } = AbandonedRequests.Stopped;

    /// <summary>A file that gets one line of JSON for each billed call, flushed at once. Read at start only; null: none.</summary>
    public string? File { get; init; }
}

/// <summary>What happens to a request whose client has gone before its answer was computed.</summary>
public enum AbandonedRequests
{
    /// <summary>The work stops, the place is free, nothing is billed.</summary>
    Stopped,

    /// <summary>The work goes on to its end, keeps its place and is billed, with nobody to read it.</summary>
    Finished,
}
