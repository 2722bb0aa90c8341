using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Simulators;
using Idp.Simulators.Options;
using Idp.Simulators.Web;
using Idp.Unit.Kernel;

namespace Idp.Integration.Simulators;

/// <summary>A search provider of one test's own, asked over HTTP. Its clock stands still until the test moves it.</summary>
public abstract class SearchSimulatorTest : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected ManualTimeProvider Clock { get; } = new();

    protected SimulatedSearchProvider Provider { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        if (Provider is not null)
        {
            await Provider.DisposeAsync();
        }
    }

    protected async Task StartAsync(SimulatorOptions? options = null) => Provider = await SimulatedSearchProvider.StartAsync(options ?? new SimulatorOptions(), Clock, Ct);

    /// <summary>A company with one page of each kind that matters.</summary>
    protected static WebCompany Company(string name, params IReadOnlyList<WebPage> pages) => new(name, "HOT", 90, "Frontier pre-training", pages);

    protected static WebPage Page(string url, double relevance = 0.8, string text = "A page.", string? published = null) =>
        new(url, $"Title of {url}", text, relevance, published is null ? null : DateOnly.ParseExact(published, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    protected static JsonObject Query(string query = "\"Alderbrook Labs\" GPU demand", params (string Name, JsonNode? Value)[] parameters)
    {
        var body = new JsonObject { ["query"] = query };
        foreach (var (name, value) in parameters)
        {
            body[name] = value;
        }

        return body;
    }

    protected async Task<Reply> SearchAsync(JsonObject body, string? key = "tvly-key", CancellationToken? ct = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Provider.BaseAddress, "/search"));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await _http.SendAsync(request, ct ?? Ct);
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value.Single(), StringComparer.OrdinalIgnoreCase);
        return new Reply(response.StatusCode, headers, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>A reply, read.</summary>
    protected sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string Error => (string)Json["detail"]!["error"]!;

        public IReadOnlyList<JsonNode> Results => [.. Json["results"]!.AsArray().OfType<JsonNode>()];

        public IEnumerable<string> Urls => Results.Select(result => (string)result["url"]!);
    }
}
