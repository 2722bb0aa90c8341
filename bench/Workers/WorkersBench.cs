using Idp.Bench.Batches;
using Idp.Bench.Reporting;

namespace Idp.Bench.Workers;

/// <summary>A batch of scanned pages on a cluster with one worker and with two.</summary>
internal static class WorkersBench
{
    private const int Files = 40;
    private const int FilesBefore = 24;
    private const int MostWorkers = 2;

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var walls = Enumerable.Range(1, MostWorkers).ToDictionary(static workers => workers, static _ => new List<TimeSpan>());
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            var before = await BatchFiles.ScanAllAsync(repeat * 1000, FilesBefore, ct);
            var files = await BatchFiles.ScanAllAsync((repeat * 1000) + FilesBefore, Files, ct);
            foreach (var (workers, list) in walls)
            {
                list.Add(await WorkersRun.TakeAsync(workers, before, files, ct));
                Console.WriteLine($"{repeat}. {workers} of one core: {list[^1].TotalSeconds:0.0} s");
            }
        }

        var table = new Table("workers, a core each", "rate against one", "documents a minute", "wall, s");
        foreach (var (workers, list) in walls)
        {
            table.Add(
                $"{workers}",
                new Spread(list.Zip(walls[1], static (wall, one) => one / wall)).Print("0.00"),
                new Spread(list.Select(static wall => Files / wall.TotalMinutes)).Print("0.0"),
                new Spread(list.Select(static wall => wall.TotalSeconds)).Print("0.0"));
        }

        Console.WriteLine($"\n{table}");
    }
}
