using Idp.Bench.Reporting;
using Idp.Integration.Models;

namespace Idp.Bench.Packing;

/// <summary>Ten pages of two accounts, read with a slow simulated model: calls, money and wall of each way to pack.</summary>
internal static class PackingBench
{
    private const int PagesPerAccount = 5;

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var perCall = TimeSpan.FromSeconds(settings.SecondsPerCall);
        var offline = new List<PackingRun>();
        var runs = PackingWay.All.ToDictionary(static way => way, static _ => new List<PackingRun>());
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            var packet = ModelPacket.Make(repeat, PagesPerAccount);
            offline.Add(await PackingRun.OfflineAsync(packet, ct));
            Console.WriteLine($"{repeat}. offline: {offline[^1]}");
            foreach (var (way, list) in runs)
            {
                list.Add(await PackingRun.WithModelAsync(packet, way, perCall, ct));
                Console.WriteLine($"{repeat}. {way.Name}: {list[^1]}");
            }
        }

        var before = runs.Values.First();
        var table = new Table("packing", "wall ÷ (slowest call + local work)", "wall ÷ slowest call", "wall against the first", "calls", "money against the first", "bill, US$", "cost shown − bill", "most calls at once", "wall, s");
        foreach (var (way, list) in runs)
        {
            table.Add(
                way.Name,
                Of(list.Zip(offline, static (run, local) => run.Wall / (run.SlowestCall + local.Wall)), "0.00"),
                Of(list.Select(static run => run.Wall / run.SlowestCall), "0.00"),
                Of(list.Zip(before, static (run, first) => run.Wall / first.Wall), "0.00"),
                Of(list.Select(static run => (double)run.Calls), "0"),
                Of(list.Zip(before, static (run, first) => (double)(run.Billed / first.Billed)), "0.00"),
                Of(list.Select(static run => (double)run.Billed), "0.000000"),
                Of(list.Select(static run => (double)(run.Shown - run.Billed)), "0.000000"),
                Of(list.Select(static run => (double)run.MostAtOnce), "0"),
                Of(list.Select(static run => run.Wall.TotalSeconds), "0.0"));
        }

        Console.WriteLine($"\nLocal work (the same document without a model): {Of(offline.Select(static run => run.Wall.TotalSeconds), "0.00")} s\n\n{table}");
    }

    private static string Of(IEnumerable<double> figures, string format) => new Spread(figures).Print(format);
}
