using Idp.Bench.Reporting;
using Idp.Simulators.Web;

namespace Idp.Bench.Research;

/// <summary>Lists of companies against the time that the slower provider needs in any case, and against one company after the other.</summary>
internal static class ResearchBench
{
    private static readonly int[] Sizes = [10, 50, 100, 1_000];

    /// <summary>How much faster the replaced system says that it is than its own sequential run.</summary>
    private static readonly Dictionary<int, string> Reference = new() { [10] = "4", [50] = "7", [100] = "9", [1_000] = "19" };

    private static readonly KeyValuePair<string, string>[] Sequential = [new("ENABLE_BATCH_PROCESSING", "false")];

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var table = new Table(
            "companies", "wall ÷ slower pool", "wall ÷ (slower pool + one search)", "completed, %", "scored as is true, %", "cost shown − bills, US$", "bills, US$",
            "faster than one after the other (computed)", "the reference says", "refused and failed requests", "answers paid twice", "wall, s");
        foreach (var size in Sizes.Where(size => settings.Wants(FormattableString.Invariant($"{size} companies"))))
        {
            await MeasureAsync(FormattableString.Invariant($"{size}"), size, [], settings.Repeats, table, ct);
        }

        if (settings.Wants("one after the other"))
        {
            await MeasureAsync("10, one after the other (measured)", Sizes[0], Sequential, settings.Repeats, table, ct);
        }

        Console.WriteLine($"\n{table}");
    }

    private static async Task MeasureAsync(string name, int size, KeyValuePair<string, string>[] ways, int repeats, Table table, CancellationToken ct)
    {
        var runs = new List<ResearchRun>();
        for (var repeat = 1; repeat <= repeats; repeat++)
        {
            runs.Add(await ResearchRun.MeasureAsync(InventedNames.Take(size, repeat), ways, ct));
            var run = runs[^1];
            Console.WriteLine(FormattableString.Invariant(
                $"{repeat}. {name}: {run.Completed} of {size} in {run.Wall.TotalSeconds:0.0} s, {run.AsTrue} as is true, shown {run.Shown}, billed {run.Billed}, {run.Refused} refused, {run.Failed} failed"));
        }

        var (bound, sequential) = (ResearchRun.LowerBound(size), size * (ResearchRun.PerSearch + ResearchRun.PerAnalysis));
        table.Add(
            name,
            Of(runs, run => run.Wall / bound, "0.00"),
            Of(runs, run => run.Wall / (bound + ResearchRun.PerSearch), "0.00"),
            Of(runs, run => 100.0 * run.Completed / size, "0.#"),
            Of(runs, run => 100.0 * run.AsTrue / size, "0.#"),
            Of(runs, static run => (double)(run.Shown - run.Billed), "0.000000"),
            Of(runs, static run => (double)run.Billed, "0.0000"),
            Of(runs, run => sequential / run.Wall, "0.0"),
            ways.Length == 0 ? Reference[size] : "–",
            Of(runs, static run => run.Refused + run.Failed, "0"),
            Of(runs, static run => run.Repeated, "0"),
            Of(runs, static run => run.Wall.TotalSeconds, "0.0"));
    }

    private static string Of(IEnumerable<ResearchRun> runs, Func<ResearchRun, double> figure, string format) => new Spread(runs.Select(figure)).Print(format);
}
