using Idp.Bench.Batches;
using Idp.Bench.Reporting;

namespace Idp.Bench.Workers;

/// <summary>A batch of scanned pages on a cluster with one worker and with two.</summary>
internal static class WorkersBench
{
    private const int Files = 40;
    private const int FilesBeforeEach = 24;
    private const int FilesBefore = FilesBeforeEach * MostWorkers;
    private const int MostWorkers = 2;

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var runs = Enumerable.Range(1, MostWorkers).ToDictionary(static workers => workers, static _ => new List<ReadingTook>());
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            var before = await BatchFiles.ScanAllAsync(repeat * 1000, FilesBefore, ct);
            var files = await BatchFiles.ScanAllAsync((repeat * 1000) + FilesBefore, Files, ct);
            foreach (var (workers, list) in runs)
            {
                list.Add(await WorkersRun.TakeAsync(workers, [.. before.Take(FilesBeforeEach * workers)], files, ct));
                Console.WriteLine($"{repeat}. {workers} of one core: {list[^1].Wall.TotalSeconds:0.0} s");
            }
        }

        var table = new Table("workers, a core each", "rate against one", "documents a minute", "wall, s", "CPU of pages, s", "of worker nodes", "of the API", "of the database");
        foreach (var (workers, list) in runs)
        {
            table.Add(
                $"{workers}",
                new Spread(list.Zip(runs[1], static (run, one) => one.Wall / run.Wall)).Print("0.00"),
                new Spread(list.Select(static run => Files / run.Wall.TotalMinutes)).Print("0.0"),
                new Spread(list.Select(static run => run.Wall.TotalSeconds)).Print("0.0"),
                new Spread(list.Select(static run => run.Pages)).Print("0.0"),
                new Spread(list.Select(static run => run.Workers)).Print("0.0"),
                new Spread(list.Select(static run => run.Api)).Print("0.0"),
                new Spread(list.Select(static run => run.Database)).Print("0.0"));
        }

        Console.WriteLine($"\n{table}");
    }
}
