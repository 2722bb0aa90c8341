namespace Idp.Simulators.Options;

/// <summary>Limits per minute, kept as token buckets that refill continuously. A request that passes counts even if it fails later; one that gets 429 does not.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests per minute; 0 is unlimited.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>Tokens per minute, of requests and answers; 0 is unlimited.</summary>
    public int TokensPerMinute { get; init; }

    /// <summary>How many seconds' worth a full bucket holds. With 60 a whole minute's worth may come at once.</summary>
    public double BurstSeconds { get; init; } = 60;

    /// <summary>What the <c>x-ratelimit-*</c> headers say.</summary>
    public RateLimitHeaderMode Headers { get; init; } = RateLimitHeaderMode.Sent;

    /// <summary>Whether a 429 carries <c>Retry-After</c>.</summary>
    public bool RetryAfter { get; init; } = true;

    /// <summary>So many seconds lie between the beginnings of two storms; 0: no storms. The first begins this long after the start.</summary>
    public double StormEverySeconds { get; init; }

    /// <summary>How many seconds a storm lasts: every request gets 429, whatever the buckets hold.</summary>
    public double StormSeconds { get; init; }
}

/// <summary>What the <c>x-ratelimit-*</c> headers say.</summary>
public enum RateLimitHeaderMode
{
    /// <summary>The truth, on successes too; nothing for a limit that is not set.</summary>
    Sent,

    /// <summary>Nothing.</summary>
    Absent,

    /// <summary>-1 as limit and 0 as rest, as some gateways do.</summary>
    Meaningless,
}
