using Idp.Bench.Reporting;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Bench.Gate;

/// <summary>The adaptive gate against fixed numbers of workers, in real time over HTTP, at providers whose limits it is not told.</summary>
internal static class GateBench
{
    private const int WarmUpCalls = 300;
    private const int WarmUpWorkers = 64;

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        await WarmUpAsync(ct);
        var rounds = GateScenario.All.Where(scenario => scenario.Name.Contains(settings.Only, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(static scenario => scenario, static _ => new List<GateRound>());
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            foreach (var (scenario, list) in rounds)
            {
                list.Add(await GateRound.RunAsync(scenario, ct));
                Console.WriteLine($"{repeat}. {scenario.Name}: {list[^1]}");
            }
        }

        var table = new Table("provider", "throughput ÷ best fixed, whole run", "after warm-up", "rejected after warm-up, %", "rejected, ours (best fixed)", "÷ one worker", "best fixed", "calls");
        foreach (var (scenario, list) in rounds)
        {
            table.Add(
                scenario.Name,
                Of(list.Select(static round => round.Adaptive.PerSecond / round.Fixed.Values.Max(static run => run.PerSecond)), "0.00"),
                Of(list.Select(static round => round.Adaptive.PerSecondAfterWarmUp / round.Fixed.Values.Max(static run => run.PerSecondAfterWarmUp)), "0.00"),
                Of(list.Select(static round => 100 * round.Adaptive.RejectedAfterWarmUp), "0.0"),
                $"{Of(list.Select(static round => (double)round.Adaptive.Rejected), "0")} ({Of(list.Select(static round => (double)round.Best.Value.Rejected), "0")})",
                list[0].Fixed.ContainsKey(1) ? Of(list.Select(static round => round.Adaptive.PerSecond / round.Fixed[1].PerSecond), "0.00") : "–",
                string.Join(", ", list.Select(static round => round.Best.Key).Distinct().Order()),
                Of([scenario.Calls], "0"));
        }

        Console.WriteLine($"\n{table}");
    }

    /// <summary>Lets the compiler finish with both ways before any figure is taken.</summary>
    private static async Task WarmUpAsync(CancellationToken ct)
    {
        await using var provider = await SimulatedModelProvider.StartAsync(new SimulatorOptions(), ct);
        using var calls = new ProviderCalls(provider.BaseUrl);
        await GateContender.FixedAsync(calls, WarmUpCalls, WarmUpWorkers, ct);
        await GateContender.AdaptiveAsync(calls, WarmUpCalls, ct);
    }

    private static string Of(IEnumerable<double> figures, string format) => new Spread(figures).Print(format);
}
