using Idp.Bench.Batches;
using Idp.Bench.Reporting;

namespace Idp.Bench.Listeners;

/// <summary>What listeners of the event log cost the service while it works on a batch, and whether ones that do not read hold it up.</summary>
internal static class ListenersBench
{
    private const int Files = 40;

    private static readonly (string Name, int Reading, int Idle)[] Scenarios = [("nobody", 0, 0), ("100 that read", 100, 0), ("500 that read", 500, 0), ("100 that do not read", 0, 100)];

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var runs = Scenarios.ToDictionary(static scenario => scenario.Name, static _ => new List<ListenersRun>());
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            var files = BatchFiles.BornDigital(repeat * 1000, Files);
            foreach (var (name, reading, idle) in Scenarios)
            {
                var run = await ListenersRun.TakeAsync(files, reading, idle, ct);
                runs[name].Add(run);
                Console.WriteLine(FormattableString.Invariant(
                    $"{repeat}. {name}: {run.Wall.TotalSeconds:0.0} s, {run.ServiceCpu.TotalSeconds:0.00} s of CPU, {run.Delivered} events delivered"));
            }
        }

        var table = new Table("listeners", "CPU of the service against nobody", "wall against nobody", "CPU for an event delivered, µs", "events delivered", "wall, s");
        foreach (var (name, list) in runs)
        {
            var alone = runs[Scenarios[0].Name];
            table.Add(
                name,
                new Spread(list.Zip(alone, static (run, bare) => run.ServiceCpu / bare.ServiceCpu)).Print("0.00"),
                new Spread(list.Zip(alone, static (run, bare) => run.Wall / bare.Wall)).Print("0.00"),
                new Spread(list.Zip(alone, static (run, bare) => run.Delivered == 0 ? 0 : (run.ServiceCpu - bare.ServiceCpu).TotalMicroseconds / run.Delivered)).Print("0"),
                new Spread(list.Select(static run => (double)run.Delivered)).Print("0"),
                new Spread(list.Select(static run => run.Wall.TotalSeconds)).Print("0.0"));
        }

        Console.WriteLine($"\n{table}");
    }
}
