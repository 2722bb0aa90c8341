using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Idp.Integration.Api;
using Idp.Integration.Faults;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Integration.Research;

/// <summary>The real service with a simulated search provider and a simulated model, which know the same web.</summary>
internal sealed class ResearchService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ResearchService(SimulatedSearchProvider search, SimulatedModelProvider model, Dictionary<string, string> settings)
    {
        (Search, Model) = (search, model);
        Process = new ServiceProcess(_folder.Path, settings);
    }

    public SimulatedSearchProvider Search { get; }

    public SimulatedModelProvider Model { get; }

    public ServiceProcess Process { get; }

    /// <summary>Both bills together.</summary>
    public decimal Billed => Search.Bill.Money + Model.Bill.Money;

    public static async Task<ResearchService> StartAsync(SimulatorOptions search, SimulatorOptions model, CancellationToken ct, params (string Name, string Value)[] settings)
    {
        var searching = await SimulatedSearchProvider.StartAsync(search, ct);
        var answering = await SimulatedModelProvider.StartAsync(model with { Prices = new PriceOptions { InputPerMillion = 0.15m, OutputPerMillion = 0.60m } }, ct);
        var all = new Dictionary<string, string>
        {
            ["SEARCH__PROVIDER"] = "tavily",
            ["TAVILY__BASE_URL"] = searching.BaseUrl,
            ["TAVILY__API_KEY"] = "key",
            ["TAVILY__REQUESTS_PER_MINUTE"] = "100000",
            ["LLM__PROVIDER"] = "openai",
            ["LLM__BASE_URL"] = answering.BaseUrl,
            ["LLM__MODEL"] = "simulated",
            ["LLM__API_KEY"] = "key",
            ["LLM__REQUESTS_PER_MINUTE"] = "100000",
            ["LLM__PRICE_INPUT_PER_MILLION"] = "0.15",
            ["LLM__PRICE_OUTPUT_PER_MILLION"] = "0.60",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var service = new ResearchService(searching, answering, all);
        await service.Process.StartAsync(ct);
        return service;
    }

    public async Task<JsonElement> StartJobAsync(int companies, CancellationToken ct, decimal? budgetUsd = null)
    {
        var names = string.Join(',', Enumerable.Range(1, companies).Select(static number => $"\"Company {number:000} Labs\""));
        var budget = budgetUsd is { } usd ? string.Create(CultureInfo.InvariantCulture, $",\"budget_usd\":{usd}") : string.Empty;
        using var response = await Process.Http.PostAsync(new Uri("/v1/research", UriKind.Relative), HttpCalls.Json($"{{\"companies\":[{names}]{budget}}}"), ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    public Task<JsonElement> JobAsync(string id, CancellationToken ct) => Process.GetAsync($"/v1/research/{id}", ct);

    public async Task<JsonElement> PostAsync(string path, CancellationToken ct)
    {
        using var response = await Process.Http.PostAsync(new Uri(path, UriKind.Relative), content: null, ct);
        return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    public async Task<JsonElement> EndAsync(string id, CancellationToken ct)
    {
        while (true)
        {
            var job = await JobAsync(id, ct);
            if (job.GetProperty("status").GetString() != "processing")
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
        }
    }

    public static decimal CostOf(JsonElement job) => decimal.Parse(job.GetProperty("cost").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);

    public static int CountOf(JsonElement job, string name) => job.GetProperty("counts").GetProperty(name).GetInt32();

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Search.DisposeAsync();
        await Model.DisposeAsync();
        _folder.Dispose();
    }
}
