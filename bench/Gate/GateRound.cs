using System.Globalization;
using Idp.Simulators;

namespace Idp.Bench.Gate;

/// <summary>A scenario run once with each contender.</summary>
/// <param name="Adaptive">The gate.</param>
/// <param name="Fixed">Fixed workers, by their number.</param>
internal sealed record GateRound(GateRun Adaptive, IReadOnlyDictionary<int, GateRun> Fixed)
{
    /// <summary>The fixed number with the highest throughput.</summary>
    public KeyValuePair<int, GateRun> Best => Fixed.MaxBy(static entry => entry.Value.PerSecond);

    /// <summary>Runs it; each contender has a provider of its own, with full buckets.</summary>
    public static async Task<GateRound> RunAsync(GateScenario scenario, CancellationToken ct)
    {
        var adaptive = await WithProviderAsync(scenario, calls => GateContender.AdaptiveAsync(calls, scenario.Calls, ct), ct);
        var workers = new Dictionary<int, GateRun>();
        foreach (var limit in scenario.FixedLimits)
        {
            workers[limit] = await WithProviderAsync(scenario, calls => GateContender.FixedAsync(calls, scenario.Calls, limit, ct), ct);
        }

        return new GateRound(adaptive, workers);
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"adaptive {Print(Adaptive)}; {string.Join("; ", Fixed.Select(static entry => FormattableString.Invariant($"fixed {entry.Key} {Print(entry.Value)}")))}";

    private static string Print(GateRun run) => string.Create(
        CultureInfo.InvariantCulture, $"{run.PerSecond:0.0}/s ({run.PerSecondAfterWarmUp:0.0}/s warm, {run.Rejected} rejected, {run.RejectedAfterWarmUp:0.0%} warm)");

    private static async Task<GateRun> WithProviderAsync(GateScenario scenario, Func<ProviderCalls, Task<GateRun>> run, CancellationToken ct)
    {
        await using var provider = await SimulatedModelProvider.StartAsync(scenario.Provider, ct);
        using var calls = new ProviderCalls(provider.BaseUrl);
        return await run(calls);
    }
}
