using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>How a gate stands at one moment.</summary>
/// <param name="Limit">Calls allowed in flight; at a shared gate, on all nodes together.</param>
/// <param name="InFlight">Calls in flight.</param>
/// <param name="Waiting">Callers that wait to begin.</param>
/// <param name="WaitingByPriority">The same by priority, the highest first.</param>
/// <param name="Started">Calls that began since the gate was made.</param>
/// <param name="RateLimited">Of these, how many the provider rejected with 429.</param>
/// <param name="TimedOut">Of these, how many got no answer in time.</param>
/// <param name="SmoothedLatency">Mean latency of the latest answered calls; null before the first.</param>
/// <param name="RequestsPerMinute">Requests a minute that the provider announced or its rejections showed; null while unknown.</param>
/// <param name="TokensPerMinute">Tokens a minute that the provider announced; null while unknown.</param>
/// <param name="PausedUntil">No call begins before this; null when none is held back by a pause.</param>
public sealed record GateStatus(
    int Limit,
    int InFlight,
    int Waiting,
    ValueList<int> WaitingByPriority,
    long Started,
    long RateLimited,
    long TimedOut,
    TimeSpan? SmoothedLatency,
    double? RequestsPerMinute,
    double? TokensPerMinute,
    DateTimeOffset? PausedUntil)
{
    /// <summary>What other nodes have of the same limits; null where no other node shares them.</summary>
    public GateElsewhere? Elsewhere { get; init; }
}

/// <summary>The other nodes at a shared gate, as of this node's last word with it.</summary>
/// <param name="Nodes">Nodes with calls in flight or callers in line.</param>
/// <param name="InFlight">Their calls in flight.</param>
/// <param name="Waiting">Their callers in line.</param>
public sealed record GateElsewhere(int Nodes, int InFlight, int Waiting);
