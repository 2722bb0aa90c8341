namespace Idp.Application.Kernel.Concurrency;

/// <summary>What a gate is told beforehand; everything else it finds out.</summary>
public sealed record GateOptions
{
    /// <summary>Calls in flight, always this many; null lets the gate find the number. Pauses and rates are kept all the same.</summary>
    /// <value>At least 1.</value>
    public int? FixedLimit { get; init; }

    /// <summary>Requests that begin in a minute, and at once after a rest; null for no limit of our own.</summary>
    /// <value>At least 1.</value>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens of calls that begin in a minute, and at once after a rest; null for no limit of our own. A larger call waits for a full bucket.</summary>
    /// <value>At least 1.</value>
    public int? TokensPerMinute { get; init; }

    /// <summary>Calls in flight before anything is known.</summary>
    /// <value>Default 16: enough for the calls of one document, and few enough for a provider that takes one at a time.</value>
    public int InitialLimit { get; init; } = 16;

    /// <summary>The limit never falls below this.</summary>
    /// <value>Default 1.</value>
    public int MinimumLimit { get; init; } = 1;

    /// <summary>The limit never grows above this.</summary>
    /// <value>Default 256.</value>
    public int MaximumLimit { get; init; } = 256;

    /// <summary>The longest pause that a provider's word can cause; after it, the next call asks again.</summary>
    /// <value>Default 10 minutes.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);
}
