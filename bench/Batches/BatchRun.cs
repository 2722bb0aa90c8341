using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Idp.Integration;
using Idp.Integration.Faults;
using Idp.Integration.Models;
using Idp.Simulators;

namespace Idp.Bench.Batches;

/// <summary>One batch through a fresh service.</summary>
/// <param name="Wall">From the beginning of the upload to the end of the batch.</param>
/// <param name="Memory">What was resident meanwhile, in order.</param>
/// <param name="AtEnd">What was resident a while after the end.</param>
/// <param name="Calls">Completed calls on the provider's bill; 0 without a model.</param>
internal sealed record BatchRun(TimeSpan Wall, IReadOnlyList<Residence> Memory, Residence AtEnd, long Calls)
{
    /// <summary>Time for the service to give back what it does not need.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Packets through a service with a simulated model.</summary>
    public static async Task<BatchRun> WithModelAsync(
        IReadOnlyList<ModelPacket> packets, TimeSpan perCall, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken ct)
    {
        await using var provider = await SimulatedModelProvider.StartAsync(new() { Latency = new() { FixedMilliseconds = (int)perCall.TotalMilliseconds } }, ct);
        provider.SetTruth([.. packets.Select(static packet => packet.Truth)]);
        var run = await RunAsync(
            [.. packets.Select(static (packet, index) => ($"{index}.pdf", packet.Pdf))],
            new(settings) { ["LLM__PROVIDER"] = "openai", ["LLM__BASE_URL"] = provider.BaseUrl, ["LLM__MODEL"] = "simulated", ["LLM__API_KEY"] = "key" },
            async (service, documents) =>
            {
                foreach (var (packet, document) in packets.Zip(documents))
                {
                    packet.MissingFrom(await service.GetAsync($"/v1/documents/{document}/result", ct)).ShouldBeEmpty();
                }
            },
            ct);
        return run with { Calls = provider.Bill.Completed };
    }

    /// <summary>Files through a service that reads by rules alone.</summary>
    public static Task<BatchRun> OfflineAsync(IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken ct) => RunAsync(
        files,
        new()
        {
            ["LLM__PROVIDER"] = "offline",
            ["BATCH__MAX_FILES"] = files.Count.ToString(CultureInfo.InvariantCulture),
        },
        static (_, _) => Task.CompletedTask,
        ct);

    private static async Task<BatchRun> RunAsync(
        IReadOnlyList<(string Name, byte[] Content)> files, Dictionary<string, string> settings, Func<ServiceProcess, IReadOnlyList<string>, Task> check, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await using var service = new ServiceProcess(folder.Path, settings);
        await service.StartAsync(ct);
        var watch = new MemoryWatch(service.ProcessId);
        var started = Stopwatch.GetTimestamp();
        string id;
        TimeSpan wall;
        await using (watch)
        {
            id = (await service.UploadBatchAsync(files, ct, ("kind", "loan"))).GetProperty("id").GetString()!;
            await service.FollowToTheEndAsync($"/v1/batches/{id}/events", ct);
            wall = Stopwatch.GetElapsedTime(started);
        }

        await Task.Delay(Rest, TimeProvider.System, ct);
        var atEnd = MemoryWatch.Look(service.ProcessId);
        var batch = await service.GetAsync($"/v1/batches/{id}", ct);
        batch.GetProperty("counts").GetProperty("completed").GetInt32().ShouldBe(files.Count, batch.ToString());
        await check(service, DocumentsOf(batch));
        return new BatchRun(wall, watch.Seen, atEnd, 0);
    }

    private static List<string> DocumentsOf(JsonElement batch) =>
        [.. batch.GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("document_id").GetString()!)];
}
