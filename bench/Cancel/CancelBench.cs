using Idp.Bench.Reporting;

namespace Idp.Bench.Cancel;

/// <summary>Fifty documents whose calls a slow provider holds, all cancelled at once: how long each takes to end, and to let go of the provider.</summary>
internal static class CancelBench
{
    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var runs = new List<CancelRun>();
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            runs.Add(await CancelRun.RunAsync(repeat, settings.Documents, ct));
            Console.WriteLine(FormattableString.Invariant(
                $"{repeat}. to the terminal event p50 {Percentile(runs[^1].Ended, 50):0} ms, p99 {Percentile(runs[^1].Ended, 99):0} ms; to the last cut connection {runs[^1].Cut.Max():0} ms"));
        }

        var table = new Table(
            "documents", "to the terminal event p50, ms", "p99, ms", "longest, ms", "to the cut connection p50, ms", "p99, ms", "longest, ms", "calls begun afterwards", "calls paid");
        table.Add(
            Of([settings.Documents], "0"),
            Of(runs.Select(static run => Percentile(run.Ended, 50)), "0"),
            Of(runs.Select(static run => Percentile(run.Ended, 99)), "0"),
            Of(runs.Select(static run => run.Ended.Max()), "0"),
            Of(runs.Select(static run => Percentile(run.Cut, 50)), "0"),
            Of(runs.Select(static run => Percentile(run.Cut, 99)), "0"),
            Of(runs.Select(static run => run.Cut.Max()), "0"),
            Of(runs.Select(static run => (double)run.BegunAfterwards), "0"),
            Of(runs.Select(static run => (double)run.Paid), "0"));
        Console.WriteLine($"\n{table}");
    }

    /// <summary>The smallest figure that so many per cent of all do not exceed.</summary>
    private static double Percentile(IEnumerable<double> figures, int percent)
    {
        var sorted = figures.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)];
    }

    private static string Of(IEnumerable<double> figures, string format) => new Spread(figures).Print(format);
}
