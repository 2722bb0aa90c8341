namespace Idp.Simulators.Options;

/// <summary>How many requests the provider works on at once.</summary>
public sealed record CapacityOptions
{
    /// <summary>Places; 0 is unlimited.</summary>
    public int AtOnce { get; init; }

    /// <summary>What happens to a request that finds no place.</summary>
    public WhenFull WhenFull { get; init; } = WhenFull.Queue;
}

/// <summary>What happens to a request that finds no place.</summary>
public enum WhenFull
{
    /// <summary>It waits, first come first served.</summary>
    Queue,

    /// <summary>It gets 429.</summary>
    Reject,
}
