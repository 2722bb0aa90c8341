namespace Idp.Domain.Kernel.Concurrency;

/// <summary>Looks whether a lower limit keeps the throughput that a higher one had.</summary>
/// <param name="From">The higher limit.</param>
/// <param name="Throughput">What it had, in calls a second.</param>
/// <param name="Calls">Calls answered since, begun with the lower limit in use.</param>
/// <param name="InFlight">The sum of calls in flight when these began.</param>
/// <param name="Seconds">The sum of their latencies.</param>
public sealed record LimitTrial(int From, double Throughput, int Calls = 0, double InFlight = 0, double Seconds = 0)
{
    private const double Kept = 0.9;
    private const int FewestCalls = 10;

    /// <summary>The throughput of the lower limit: calls in flight over latency.</summary>
    public double Measured => InFlight / Math.Max(1e-9, Seconds);

    /// <summary>The lower limit serves as well.</summary>
    public bool IsKept => Measured >= Throughput * Kept;

    /// <summary>Adds an answered call.</summary>
    public LimitTrial With(int inFlight, TimeSpan latency) =>
        this with { Calls = Calls + 1, InFlight = InFlight + inFlight, Seconds = Seconds + latency.TotalSeconds };

    /// <summary>True when enough calls were seen at <paramref name="limit"/>.</summary>
    public bool IsOver(int limit) => Calls >= Math.Max(FewestCalls, limit);
}
