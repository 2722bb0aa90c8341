using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Simulators;
using Idp.Simulators.Options;
using Idp.Unit.Kernel;

namespace Idp.Integration.Simulators;

/// <summary>A provider of one test's own, asked over HTTP. Its clock stands still until the test moves it.</summary>
public abstract class SimulatorTest : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected ManualTimeProvider Clock { get; } = new();

    protected SimulatedModelProvider Provider { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        if (Provider is not null)
        {
            await Provider.DisposeAsync();
        }
    }

    protected async Task StartAsync(SimulatorOptions? options = null) => Provider = await SimulatedModelProvider.StartAsync(options ?? new SimulatorOptions(), Clock, Ct);

    /// <summary>A chat request with one page, unless told otherwise.</summary>
    protected static JsonObject Chat(string user = "[page 1]\nPhone: 555-0100", string? system = null, string? task = "extraction", string? format = null)
    {
        var messages = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = user });
        if (system is not null)
        {
            messages.Insert(0, new JsonObject { ["role"] = "system", ["content"] = system });
        }

        var body = new JsonObject { ["model"] = "test-model", ["messages"] = messages };
        if (task is not null && format is null)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = task, ["schema"] = new JsonObject { ["type"] = "object" } },
            };
        }
        else if (format is not null)
        {
            body["response_format"] = new JsonObject { ["type"] = format };
        }

        return body;
    }

    /// <summary>A message in the form of the contract: account number, and pages joined by a break.</summary>
    protected static string Message(string? account, params (int Number, string Text)[] pages) =>
        $"Account number: {account ?? "none"}\n\n" + string.Join("\n---PAGE BREAK---\n", pages.Select(page => $"[page {page.Number}]\n{page.Text}"));

    protected async Task<Reply> SendAsync(JsonObject body, string path = "/v1/chat/completions", string? key = null, HttpMethod? method = null, CancellationToken? ct = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, new Uri(Provider.BaseAddress, path));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await _http.SendAsync(request, ct ?? Ct);
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value.Single(), StringComparer.OrdinalIgnoreCase);
        return new Reply(response.StatusCode, headers, await response.Content.ReadAsStringAsync(Ct));
    }

    protected async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(Provider.BaseAddress, path), Ct))!;

    /// <summary>Waits, by looking again, for what other threads are about to do. A test that waits in vain ends with the run's own time limit.</summary>
    internal static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Ct);
        }
    }

    /// <summary>A reply, read.</summary>
    protected sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string? Error => (string?)Json["error"]?["code"] ?? (string?)Json["error"]?["type"];

        public string FinishReason => (string)Json["choices"]![0]!["finish_reason"]!;

        public string Content => (string)Json["choices"]![0]!["message"]!["content"]!;

        public JsonNode Answer => JsonNode.Parse(Content)!;
    }
}
