using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Idp.Integration;
using Idp.Integration.Faults;
using Idp.Integration.Models;
using Idp.Simulators;

namespace Idp.Bench.Cancel;

/// <summary>One fresh service with documents under way, all cancelled.</summary>
/// <param name="Ended">From each cancel request to its answer, which leaves after the document's terminal event is durable, in milliseconds.</param>
/// <param name="Cut">From the cancel request of the document to the end of each of its calls at the provider, in milliseconds.</param>
/// <param name="BegunAfterwards">Calls that reached the provider after the first cancel request.</param>
/// <param name="Paid">Completed calls on the provider's bill.</param>
internal sealed record CancelRun(IReadOnlyList<double> Ended, IReadOnlyList<double> Cut, int BegunAfterwards, long Paid)
{
    private const int AccountsPerDocument = 2;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs once.</summary>
    /// <param name="repeat">Sets the packets apart from those of other repeats.</param>
    /// <param name="documents">How many documents.</param>
    /// <param name="ct">Ends the run.</param>
    public static async Task<CancelRun> RunAsync(int repeat, int documents, CancellationToken ct)
    {
        var packets = Enumerable.Range(repeat * 1000, documents).Select(static number => ModelPacket.Make(number)).ToList();
        using var folder = new TemporaryFolder();
        await using var provider = await SimulatedModelProvider.StartAsync(new() { Latency = new() { FixedMilliseconds = 600_000 } }, ct);
        await using var service = new ServiceProcess(folder.Path, new()
        {
            ["LLM__PROVIDER"] = "openai",
            ["LLM__BASE_URL"] = provider.BaseUrl,
            ["LLM__MODEL"] = "simulated",
            ["LLM__REQUESTS_PER_MINUTE"] = "100000",
            ["LLM__TIMEOUT_SECONDS"] = "600",
            ["LLM__MAX_CONCURRENCY"] = (AccountsPerDocument * documents).ToString(CultureInfo.InvariantCulture),
            ["BATCH__MAX_CONCURRENT_DOCUMENTS"] = documents.ToString(CultureInfo.InvariantCulture),
        });
        await service.StartAsync(ct);
        var ids = await Task.WhenAll(packets.Select(packet => UploadAsync(service, packet, ct)));
        await WaitForAsync(() => provider.Bill.Running == AccountsPerDocument * documents, ct);

        var first = TimeProvider.System.GetUtcNow();
        var asked = await Task.WhenAll(ids.Select(id => CancelAsync(service, id, ct)));
        await WaitForAsync(() => provider.Bill.Running == 0, ct);

        foreach (var id in ids)
        {
            (await service.GetAsync($"/v1/documents/{id}", ct)).GetProperty("status").GetString().ShouldBe("cancelled");
        }

        // Its account number tells for which document a call was.
        var askedFor = packets.Zip(asked).SelectMany(static pair => pair.First.Truth.Accounts.Select(account => (Number: account.Number!, pair.Second.At)))
            .ToDictionary(static each => each.Number, static each => each.At, StringComparer.Ordinal);
        var requests = provider.Requests;
        return new CancelRun(
            [.. asked.Select(static each => each.Answered.TotalMilliseconds)],
            [.. requests.Select(request => (request.EndedAt!.Value - askedFor[request.Account!]).TotalMilliseconds)],
            requests.Count(request => request.At > first),
            provider.Bill.Completed);
    }

    private static async Task<string> UploadAsync(ServiceProcess service, ModelPacket packet, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent { { new StringContent("loan"), "kind" }, { new ByteArrayContent(packet.Pdf), "file", "packet.pdf" } };
        using var response = await service.Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, ct);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Cancels a document.</summary>
    /// <returns>When the request left, and how long its answer took.</returns>
    private static async Task<(DateTimeOffset At, TimeSpan Answered)> CancelAsync(ServiceProcess service, string id, CancellationToken ct)
    {
        var at = TimeProvider.System.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        using var response = await service.Http.PostAsync(new Uri($"/v1/documents/{id}/cancel", UriKind.Relative), null, ct);
        response.EnsureSuccessStatusCode();
        return (at, Stopwatch.GetElapsedTime(started));
    }

    private static async Task WaitForAsync(Func<bool> condition, CancellationToken ct)
    {
        while (!condition())
        {
            await Task.Delay(Glance, TimeProvider.System, ct);
        }
    }
}
