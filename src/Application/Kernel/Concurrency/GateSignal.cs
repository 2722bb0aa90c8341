namespace Idp.Application.Kernel.Concurrency;

/// <summary>What a gate saw.</summary>
public enum GateSignalKind
{
    /// <summary>The provider rejected calls because too many were in flight.</summary>
    TooManyInFlight,

    /// <summary>The provider rejected calls because too many came in too short a time.</summary>
    TooFast,

    /// <summary>A call got no answer in time.</summary>
    TimedOut,
}

/// <summary>Something that made a gate hold back; raised once for each rejected or late call, after the gate took it in.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Limit">Calls allowed in flight from now on.</param>
/// <param name="PausedUntil">No call begins before this; null without a pause.</param>
/// <param name="RequestsPerMinute">The provider's rate as known now; null while unknown.</param>
public sealed record GateSignal(GateSignalKind Kind, int Limit, DateTimeOffset? PausedUntil, double? RequestsPerMinute);
