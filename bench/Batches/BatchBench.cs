using Idp.Bench.Reporting;
using Idp.Integration.Models;

namespace Idp.Bench.Batches;

/// <summary>Ten documents of ten pages one after the other against the defaults, and batches of 50, 200 and 500 files: time and memory.</summary>
internal static class BatchBench
{
    private const int Documents = 10;
    private const int PagesPerAccount = 5;

    /// <summary>A hundred calls one after the other take two minutes.</summary>
    private static readonly TimeSpan PerCall = TimeSpan.FromSeconds(1.2);

    private static readonly KeyValuePair<string, string>[] Sequential =
    [
        new("BATCH__MAX_CONCURRENT_DOCUMENTS", "1"),
        new("BATCH__ENABLE_PAGE_PARALLELISM", "false"),
        new("EXTRACTION__PACKING", "fixed"),
        new("EXTRACTION__BATCH_SIZE", "1"),
        new("EXTRACTION__MAX_WORKERS", "1"),
    ];

    private static readonly int[] Sizes = [50, 200, 500];

    /// <summary>Runs the bench and prints its tables.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        if (settings.Wants("ten documents"))
        {
            await CompareAsync(settings.Repeats, ct);
        }

        var sizes = Sizes.Where(size => settings.Wants(FormattableString.Invariant($"{size} files"))).ToList();
        if (sizes.Count > 0)
        {
            var table = new Table(
                "files", "seconds a file", "wall, s", "most resident, MiB", "of it the service", "its workers", "service in the first third, median", "in the last third", "5 s after the end, all");
            foreach (var size in sizes)
            {
                await MeasureAsync(size, settings.Repeats, table, ct);
            }

            Console.WriteLine($"\n{table}");
        }
    }

    private static async Task CompareAsync(int repeats, CancellationToken ct)
    {
        var (before, now) = (new List<BatchRun>(), new List<BatchRun>());
        for (var repeat = 1; repeat <= repeats; repeat++)
        {
            var packets = Enumerable.Range(repeat * Documents, Documents).Select(static number => ModelPacket.Make(number, PagesPerAccount)).ToList();
            before.Add(await BatchRun.WithModelAsync(packets, PerCall, Sequential, ct));
            now.Add(await BatchRun.WithModelAsync(packets, PerCall, [], ct));
            Console.WriteLine(FormattableString.Invariant(
                $"{repeat}. ten documents: one after the other {before[^1].Wall.TotalSeconds:0.0} s, {before[^1].Calls} calls; defaults {now[^1].Wall.TotalSeconds:0.0} s, {now[^1].Calls} calls"));
        }

        var table = new Table("ten documents of ten pages", "against one after the other", "calls", "wall, s");
        table.Add("one after the other, one page a call", "1.00", Of(before.Select(static run => (double)run.Calls), "0"), Of(before.Select(static run => run.Wall.TotalSeconds), "0.0"));
        table.Add(
            "defaults", Of(now.Zip(before, static (run, first) => run.Wall / first.Wall), "0.00"), Of(now.Select(static run => (double)run.Calls), "0"),
            Of(now.Select(static run => run.Wall.TotalSeconds), "0.0"));
        Console.WriteLine($"\n{table}");
    }

    private static async Task MeasureAsync(int size, int repeats, Table table, CancellationToken ct)
    {
        var runs = new List<BatchRun>();
        for (var repeat = 1; repeat <= repeats; repeat++)
        {
            runs.Add(await BatchRun.OfflineAsync(await BatchFiles.MakeAsync(repeat * 1000, size, ct), ct));
            Console.WriteLine(FormattableString.Invariant(
                $"{repeat}. {size} files: {runs[^1].Wall.TotalSeconds:0.0} s, {runs[^1].Memory.Max(static seen => seen.Sum):0} MiB at most, {runs[^1].AtEnd.Sum:0} MiB at the end"));
        }

        table.Add(
            FormattableString.Invariant($"{size}"),
            Of(runs.Select(run => run.Wall.TotalSeconds / size), "0.00"),
            Of(runs.Select(static run => run.Wall.TotalSeconds), "0"),
            Of(runs.Select(static run => run.Memory.Max(static seen => seen.Sum)), "0"),
            Of(runs.Select(static run => run.Memory.MaxBy(static seen => seen.Sum)!.Service), "0"),
            Of(runs.Select(static run => run.Memory.MaxBy(static seen => seen.Sum)!.Children), "0"),
            Of(runs.Select(static run => Median(run.Memory.Take(run.Memory.Count / 3))), "0"),
            Of(runs.Select(static run => Median(run.Memory.TakeLast(run.Memory.Count / 3))), "0"),
            Of(runs.Select(static run => run.AtEnd.Sum), "0"));
    }

    private static double Median(IEnumerable<Residence> seen) => new Spread(seen.Select(static each => each.Service)).Median;

    private static string Of(IEnumerable<double> figures, string format) => new Spread(figures).Print(format);
}
