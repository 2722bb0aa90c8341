using Idp.Bench.Reporting;

namespace Idp.Bench.Serial;

/// <summary>
/// Documents at a recognition service that works on one at a time, and at one that works on five: one after the other, five at once, and as many as the service finds out.
/// </summary>
internal static class SerialBench
{
    private const int Documents = 30;
    private const int Sequential = 1;
    private const int FixedWorkers = 5;

    private static readonly TimeSpan JobTime = TimeSpan.FromSeconds(2);
    private static readonly (string Name, int? Limit)[] Ways = [("one after the other", Sequential), ("fixed: 5 at once", FixedWorkers), ("found out", null)];

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var walls = new Dictionary<(int Places, int? Limit), List<TimeSpan>>();
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            foreach (var places in (int[])[1, FixedWorkers])
            {
                foreach (var (name, limit) in Ways)
                {
                    var wall = await SerialRun.TakeAsync(places, limit, Documents, JobTime, ct);
                    if (!walls.TryGetValue((places, limit), out var list))
                    {
                        walls[(places, limit)] = list = [];
                    }

                    list.Add(wall);
                    Console.WriteLine($"{repeat}. {places} at once, {name}: {wall.TotalSeconds:0.0} s");
                }
            }
        }

        var table = new Table("documents at the service at once", "way", "rate against one after the other", "wall ÷ least possible", "wall, s");
        foreach (var ((places, limit), list) in walls)
        {
            var least = Documents * JobTime / places;
            table.Add(
                $"{places}",
                Ways.First(way => way.Limit == limit).Name,
                new Spread(list.Zip(walls[(places, Sequential)], static (wall, one) => one / wall)).Print("0.00"),
                new Spread(list.Select(wall => wall / least)).Print("0.00"),
                new Spread(list.Select(static wall => wall.TotalSeconds)).Print("0.0"));
        }

        Console.WriteLine($"\n{table}");
    }
}
