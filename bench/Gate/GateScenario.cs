using Idp.Simulators.Options;

namespace Idp.Bench.Gate;

/// <summary>A provider with a limit that the client is not told.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Provider">How the provider behaves.</param>
/// <param name="Calls">Calls to be made.</param>
/// <param name="FixedLimits">Numbers of workers worth trying: the others only take longer.</param>
internal sealed record GateScenario(string Name, SimulatorOptions Provider, int Calls, IReadOnlyList<int> FixedLimits)
{
    private static readonly LatencyOptions Latency = new() { FixedMilliseconds = 100, JitterMilliseconds = 100 };

    /// <summary>All scenarios. Calls grow with the capacity, so that each has some twenty round trips or more.</summary>
    public static IReadOnlyList<GateScenario> All { get; } =
    [
        Queueing(1, calls: 100, 1, 4),
        Queueing(4, calls: 300, 2, 4, 8, 16),
        Queueing(16, calls: 400, 8, 16, 32, 64),
        Queueing(64, calls: 1600, 32, 64),
        Rejecting(1, calls: 100, 1),
        Rejecting(4, calls: 300, 2, 4, 8),
        Rejecting(16, calls: 400, 8, 16, 32),
        Rejecting(64, calls: 1600, 32, 64),
        PerMinute(60, RateLimitHeaderMode.Sent, calls: 75, 1, 4, 16),
        PerMinute(60, RateLimitHeaderMode.Absent, calls: 300, 1, 4, 16),
        PerMinute(600, RateLimitHeaderMode.Sent, calls: 750, 8, 16, 64),
        PerMinute(600, RateLimitHeaderMode.Absent, calls: 3000, 8, 16, 64),
    ];

    private static GateScenario Queueing(int capacity, int calls, params IReadOnlyList<int> fixedLimits) =>
        new(FormattableString.Invariant($"queues above {capacity}"), At(capacity, WhenFull.Queue), calls, fixedLimits);

    private static GateScenario Rejecting(int capacity, int calls, params IReadOnlyList<int> fixedLimits) =>
        new(FormattableString.Invariant($"rejects above {capacity}"), At(capacity, WhenFull.Reject), calls, fixedLimits);

    private static GateScenario PerMinute(int requests, RateLimitHeaderMode headers, int calls, params IReadOnlyList<int> fixedLimits) => new(
        FormattableString.Invariant($"{requests} requests a minute, {(headers is RateLimitHeaderMode.Sent ? "announced" : "not announced")}"),
        new SimulatorOptions { Latency = Latency, RateLimit = new() { RequestsPerMinute = requests, Headers = headers } },
        calls,
        fixedLimits);

    private static SimulatorOptions At(int capacity, WhenFull whenFull) => new() { Latency = Latency, Capacity = new() { AtOnce = capacity, WhenFull = whenFull } };
}
