using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Integration;
using Idp.Integration.Faults;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Bench.Research;

/// <summary>One list of companies through a fresh service.</summary>
/// <param name="Wall">From sending the list to the end of the job.</param>
/// <param name="Completed">Companies with a result.</param>
/// <param name="AsTrue">Of them, those with the score that is true of them.</param>
/// <param name="Shown">The cost that the job shows, in US dollars.</param>
/// <param name="Billed">The two bills together, in US dollars.</param>
/// <param name="Refused">Requests that got 4xx, at both providers.</param>
/// <param name="Failed">Requests that got 5xx, at both providers.</param>
/// <param name="Repeated">Completed calls whose answer had been delivered before.</param>
internal sealed record ResearchRun(TimeSpan Wall, int Completed, int AsTrue, decimal Shown, decimal Billed, long Refused, long Failed, long Repeated)
{
    /// <summary>What a search takes at the simulator.</summary>
    public static readonly TimeSpan PerSearch = TimeSpan.FromSeconds(1);

    /// <summary>What an analysis takes at the simulator.</summary>
    public static readonly TimeSpan PerAnalysis = TimeSpan.FromSeconds(5);

    /// <summary>Searches that the provider works on at once.</summary>
    public const int SearchPlaces = 50;

    /// <summary>Analyses that the model's provider works on at once.</summary>
    public const int AnalysisPlaces = 16;

    /// <summary>Half as many again as the provider works on, so that one is ready whenever a place is free there; how many go there at once is for the gate to find out.</summary>
    private const int AnalysesAtOnce = AnalysisPlaces * 3 / 2;

    private const decimal InputPrice = 0.15m;
    private const decimal OutputPrice = 0.60m;
    private const int ResultsAtOnce = 200;

    /// <summary>Every minute, two seconds in which nobody is let in.</summary>
    private static readonly RateLimitOptions Storms = new() { StormEverySeconds = 60, StormSeconds = 2 };

    /// <summary>The time that the slower of the two pools needs if it never rests.</summary>
    public static TimeSpan LowerBound(int companies)
    {
        var searches = Math.Ceiling((double)companies / SearchPlaces) * PerSearch;
        var analyses = Math.Ceiling((double)companies / AnalysisPlaces) * PerAnalysis;
        return searches > analyses ? searches : analyses;
    }

    /// <summary>Runs a list.</summary>
    /// <param name="companies">The names.</param>
    /// <param name="settings">Of the service, besides the providers.</param>
    /// <param name="ct">Stops the run.</param>
    public static async Task<ResearchRun> MeasureAsync(IReadOnlyList<string> companies, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken ct)
    {
        var web = new WebOptions { Companies = companies };
        await using var search = await SimulatedSearchProvider.StartAsync(
            new()
            {
                Web = web,
                RateLimit = Storms,
                Latency = new() { FixedMilliseconds = (int)PerSearch.TotalMilliseconds },
                Capacity = new() { AtOnce = SearchPlaces },
                Faults = new() { ServerError = 0.05 },
            },
            ct);
        await using var model = await SimulatedModelProvider.StartAsync(
            new()
            {
                Web = web,
                RateLimit = Storms,
                Latency = new() { FixedMilliseconds = (int)PerAnalysis.TotalMilliseconds },
                Capacity = new() { AtOnce = AnalysisPlaces },
                Faults = new() { ServerError = 0.05, TooLarge = 0.1 },
                Prices = new() { InputPerMillion = InputPrice, OutputPerMillion = OutputPrice },
            },
            ct);
        using var folder = new TemporaryFolder();
        await using var service = new ServiceProcess(folder.Path, new(settings.Concat(ProvidersOf(search, model))));
        await service.StartAsync(ct);

        var started = Stopwatch.GetTimestamp();
        var id = await SendAsync(service, companies, ct);
        await service.FollowToTheEndAsync($"/v1/research/{id}/events", ct);
        var wall = Stopwatch.GetElapsedTime(started);

        var job = await service.GetAsync($"/v1/research/{id}", ct);
        var (searched, analysed) = (search.Bill, model.Bill);
        return new ResearchRun(
            wall,
            job.GetProperty("counts").GetProperty("completed").GetInt32(),
            await CountTrueAsync(service, id, search, ct),
            decimal.Parse(job.GetProperty("cost").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture),
            searched.Money + analysed.Money,
            searched.Rejected + analysed.Rejected,
            searched.Failed + analysed.Failed,
            searched.DuplicatesOfDelivered + analysed.DuplicatesOfDelivered);
    }

    private static IEnumerable<KeyValuePair<string, string>> ProvidersOf(SimulatedSearchProvider search, SimulatedModelProvider model) =>
    [
        new("SEARCH__PROVIDER", "tavily"),
        new("TAVILY__BASE_URL", search.BaseUrl),
        new("TAVILY__API_KEY", "tvly-key"),
        new("TAVILY__REQUESTS_PER_MINUTE", "100000"),
        new("TAVILY_CONCURRENCY", SearchPlaces.ToString(CultureInfo.InvariantCulture)),
        new("BATCH_SIZE", AnalysesAtOnce.ToString(CultureInfo.InvariantCulture)),
        new("LLM__PROVIDER", "openai"),
        new("LLM__BASE_URL", model.BaseUrl),
        new("LLM__MODEL", "simulated"),
        new("LLM__API_KEY", "key"),
        new("LLM__REQUESTS_PER_MINUTE", "100000"),
        new("LLM__PRICE_INPUT_PER_MILLION", InputPrice.ToString(CultureInfo.InvariantCulture)),
        new("LLM__PRICE_OUTPUT_PER_MILLION", OutputPrice.ToString(CultureInfo.InvariantCulture)),
    ];

    private static async Task<string> SendAsync(ServiceProcess service, IReadOnlyList<string> companies, CancellationToken ct)
    {
        var body = new JsonObject { ["companies"] = new JsonArray([.. companies.Select(static name => (JsonNode)name)]) };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await service.Http.PostAsync(new Uri("/v1/research", UriKind.Relative), content, ct);
        var answer = await response.Content.ReadAsStringAsync(ct);
        response.IsSuccessStatusCode.ShouldBeTrue(answer);
        using var job = JsonDocument.Parse(answer);
        return job.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>A score is that of the truth only where a sentence that tells it was among the passages that were sent.</summary>
    private static async Task<int> CountTrueAsync(ServiceProcess service, string id, SimulatedSearchProvider search, CancellationToken ct)
    {
        var (count, cursor) = (0, string.Empty);
        do
        {
            var page = await service.GetAsync($"/v1/research/{id}/results?limit={ResultsAtOnce}{(cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : string.Empty)}", ct);
            count += page.GetProperty("items").EnumerateArray().Count(item =>
                item.GetProperty("score") is { ValueKind: JsonValueKind.Number } score
                && search.TruthOf($"\"{item.GetProperty("company").GetString()}\"")?.Score == score.GetInt32());
            cursor = page.GetProperty("next_cursor").GetString() ?? string.Empty;
        }
        while (cursor.Length > 0);

        return count;
    }
}
