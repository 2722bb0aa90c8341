using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Idp.Integration;
using Idp.Integration.Faults;
using Idp.Integration.Models;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Bench.Packing;

/// <summary>One document through a service that has read one other before.</summary>
/// <param name="Wall">From the upload to the end of the document.</param>
/// <param name="SlowestCall">The provider's own time for its slowest request; zero without a model.</param>
/// <param name="Calls">Completed requests on the provider's bill.</param>
/// <param name="Billed">The bill, in US dollars.</param>
/// <param name="Shown">The cost that the document shows, in US dollars.</param>
/// <param name="MostAtOnce">The most requests that the provider worked on at the same time.</param>
internal sealed record PackingRun(TimeSpan Wall, TimeSpan SlowestCall, long Calls, decimal Billed, decimal Shown, int MostAtOnce)
{
    private const decimal InputPrice = 0.15m;
    private const decimal OutputPrice = 0.60m;

    /// <summary>Read first, so that what is measured is reading and not compiling.</summary>
    private static readonly ModelPacket FirstPacket = ModelPacket.Make(99, 1);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Reads a packet by rules alone: the local work.</summary>
    public static async Task<PackingRun> OfflineAsync(ModelPacket packet, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await using var service = new ServiceProcess(folder.Path, new() { ["LLM__PROVIDER"] = "offline" });
        await service.StartAsync(ct);
        await ReadAsync(service, FirstPacket, ct);
        var (wall, _) = await ReadAsync(service, packet, ct);
        return new PackingRun(wall, TimeSpan.Zero, 0, 0, 0, 0);
    }

    /// <summary>Reads a packet with a simulated model.</summary>
    public static async Task<PackingRun> WithModelAsync(ModelPacket packet, PackingWay way, TimeSpan perCall, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await using var provider = await SimulatedModelProvider.StartAsync(
            new SimulatorOptions
            {
                Latency = new() { FixedMilliseconds = (int)perCall.TotalMilliseconds },
                Prices = new() { InputPerMillion = InputPrice, OutputPerMillion = OutputPrice },
            },
            ct);
        provider.SetTruth([FirstPacket.Truth, packet.Truth]);
        await using var service = new ServiceProcess(folder.Path, new(way.Settings)
        {
            ["LLM__PROVIDER"] = "openai",
            ["LLM__BASE_URL"] = provider.BaseUrl,
            ["LLM__MODEL"] = "simulated",
            ["LLM__API_KEY"] = "key",
            ["LLM__PRICE_INPUT_PER_MILLION"] = InputPrice.ToString(CultureInfo.InvariantCulture),
            ["LLM__PRICE_OUTPUT_PER_MILLION"] = OutputPrice.ToString(CultureInfo.InvariantCulture),
        });
        await service.StartAsync(ct);
        await ReadAsync(service, FirstPacket, ct);
        provider.Reset();

        var (wall, document) = await ReadAsync(service, packet, ct);

        var bill = provider.Bill;
        return new PackingRun(
            wall, provider.Requests.Max(static request => request.EndedAt!.Value - request.At), bill.Completed, bill.Money, CostOf(document), bill.MostAtOnce);
    }

    /// <summary>Uploads a packet and waits for its end; a wrong result is no figure.</summary>
    private static async Task<(TimeSpan Wall, JsonElement Document)> ReadAsync(ServiceProcess service, ModelPacket packet, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("loan"), "kind" },
            { new ByteArrayContent(packet.Pdf), "file", "packet.pdf" },
        };
        using var response = await service.Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        using var json = JsonDocument.Parse(body);
        var path = $"/v1/documents/{json.RootElement.GetProperty("id").GetString()}";
        while (true)
        {
            var document = await service.GetAsync(path, ct);
            if (document.GetProperty("status").GetString() is "completed" or "partial" or "failed" or "cancelled")
            {
                var wall = Stopwatch.GetElapsedTime(started);
                document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
                packet.MissingFrom(await service.GetAsync($"{path}/result", ct)).ShouldBeEmpty();
                return (wall, document);
            }

            await Task.Delay(Glance, TimeProvider.System, ct);
        }
    }

    private static decimal CostOf(JsonElement document) =>
        decimal.Parse(document.GetProperty("cost").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}
