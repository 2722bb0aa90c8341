using System.Diagnostics;
using System.Globalization;
using Idp.Integration;
using Idp.Integration.Faults;

namespace Idp.Bench.Workers;

/// <summary>What reading a batch took.</summary>
/// <param name="Wall">From the beginning of its upload to its end.</param>
/// <param name="Pages">Processor seconds of the processes that read pages.</param>
/// <param name="Workers">Processor seconds of the worker nodes themselves.</param>
/// <param name="Api">Processor seconds of the node for requests.</param>
/// <param name="Database">Processor seconds of the database.</param>
internal sealed record ReadingTook(TimeSpan Wall, double Pages, double Workers, double Api, double Database);

/// <summary>A batch through a fresh cluster: one node for requests, and workers pinned to a core each.</summary>
internal static class WorkersRun
{
    /// <summary>Reads one batch first, so that what is measured is reading and not compiling.</summary>
    public static async Task<ReadingTook> TakeAsync(
        int workers, IReadOnlyList<(string Name, byte[] Content)> first, IReadOnlyList<(string Name, byte[] Content)> measured, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await using var database = await ClusterDatabase.StartAsync(ServiceProcess.FreePort(), ct);
        var nodes = Enumerable.Range(0, workers).Select(core => new ServiceProcess(folder.Path, SettingsOf("worker")) { Core = core }).ToList();
        await using var api = new ServiceProcess(folder.Path, SettingsOf("api"));
        try
        {
            await api.StartAsync(ct);
            foreach (var node in nodes)
            {
                await node.StartAsync(ct);
            }

            await ReadAsync(api, first, ct);
            var before = Used();
            var wall = await ReadAsync(api, measured, ct);
            var after = Used();
            return new ReadingTook(wall, after.Pages - before.Pages, after.Workers - before.Workers, after.Api - before.Api, after.Database - before.Database);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }

        (double Pages, double Workers, double Api, double Database) Used() => (
            nodes.Sum(static node => ProcessorTime.Below(node.ProcessId)),
            nodes.Sum(static node => ProcessorTime.Of(node.ProcessId)),
            ProcessorTime.Of(api.ProcessId) + ProcessorTime.Below(api.ProcessId),
            ProcessorTime.OfProgram("postgres"));

        Dictionary<string, string> SettingsOf(string role) => new()
        {
            ["NODE__ROLE"] = role,
            ["DATABASE__PROVIDER"] = "postgresql",
            ["DATABASE__CONNECTION_STRING"] = database.ConnectionString,

            // Documents that wait in a node for its one core could be with the other, which is idle at the end.
            ["BATCH__MAX_CONCURRENT_DOCUMENTS"] = "2",
            ["BATCH__MAX_FILES"] = Math.Max(first.Count, measured.Count).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static async Task<TimeSpan> ReadAsync(ServiceProcess api, IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var id = (await api.UploadBatchAsync(files, ct, ("kind", "loan"))).GetProperty("id").GetString()!;
        await api.FollowToTheEndAsync($"/v1/batches/{id}/events", ct);
        var wall = Stopwatch.GetElapsedTime(started);
        var batch = await api.GetAsync($"/v1/batches/{id}", ct);
        batch.GetProperty("counts").GetProperty("completed").GetInt32().ShouldBe(files.Count, batch.ToString());
        return wall;
    }
}
