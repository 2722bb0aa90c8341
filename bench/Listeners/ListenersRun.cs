using System.Diagnostics;
using Idp.Integration;
using Idp.Integration.Faults;

namespace Idp.Bench.Listeners;

/// <summary>One batch through a fresh service with so many listeners.</summary>
/// <param name="Wall">From the beginning of the upload to the end of the batch.</param>
/// <param name="ServiceCpu">CPU time of the service meanwhile, without the processes that read pages.</param>
/// <param name="Delivered">Events that arrived at listeners.</param>
internal sealed record ListenersRun(TimeSpan Wall, TimeSpan ServiceCpu, long Delivered)
{
    /// <summary>Puts one batch through.</summary>
    /// <param name="files">The batch.</param>
    /// <param name="reading">Listeners that read all events.</param>
    /// <param name="idle">Listeners that connect and do not read.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task<ListenersRun> TakeAsync(IReadOnlyList<(string Name, byte[] Content)> files, int reading, int idle, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await using var service = new ServiceProcess(folder.Path, new() { ["LLM__PROVIDER"] = "offline" });
        await service.StartAsync(ct);
        using var http = new HttpClient { BaseAddress = service.Http.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        var streams = new List<Stream>();
        for (var listener = 0; listener < reading + idle; listener++)
        {
            streams.Add(await http.GetStreamAsync(new Uri("/v1/events", UriKind.Relative), ct));
        }

        var counts = streams.Take(reading).Select(stream => CountAsync(stream, ct)).ToList();
        using var process = Process.GetProcessById(service.ProcessId);
        var (cpu, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var id = (await service.UploadBatchAsync(files, ct, ("kind", "loan"))).GetProperty("id").GetString()!;
        await service.FollowToTheEndAsync($"/v1/batches/{id}/events", ct);
        var wall = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var used = process.TotalProcessorTime - cpu;
        var batch = await service.GetAsync($"/v1/batches/{id}", ct);
        batch.GetProperty("counts").GetProperty("completed").GetInt32().ShouldBe(files.Count, batch.ToString());
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        return new ListenersRun(wall, used, (await Task.WhenAll(counts)).Sum());
    }

    /// <summary>Reads to the end and counts events.</summary>
    private static async Task<long> CountAsync(Stream stream, CancellationToken ct)
    {
        var events = 0L;
        using var lines = new StreamReader(stream);
        try
        {
            while (await lines.ReadLineAsync(ct) is { } line)
            {
                events += line.StartsWith("event:", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Closed at the end of the run.
        }

        return events;
    }
}
