namespace Idp.Simulators.Options;

/// <summary>How long an answer takes, counted from the moment a place is free.</summary>
public sealed record LatencyOptions
{
    /// <summary>Of every answer.</summary>
    public int FixedMilliseconds { get; init; }

    /// <summary>At most this much more, evenly spread.</summary>
    public int JitterMilliseconds { get; init; }

    /// <summary>More for each token of the answer.</summary>
    public double MillisecondsPerOutputToken { get; init; }

    /// <summary>More for an answer that the fault <c>slow</c> strikes.</summary>
    public int SlowMilliseconds { get; init; } = 30_000;
}
