using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Idp.Application.Kernel.Events;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Integration.Faults;
using Idp.Simulators;
using Idp.Simulators.Options;
using Idp.Simulators.Truth;

namespace Idp.Integration.Models;

/// <summary>The real service with a simulated model provider.</summary>
internal sealed class ModelService : IAsyncDisposable
{
    public const decimal InputPrice = 0.15m;
    public const decimal OutputPrice = 0.60m;

    private readonly TemporaryFolder _folder = new();

    private ModelService(SimulatedModelProvider provider, Dictionary<string, string> settings)
    {
        Provider = provider;
        Process = new ServiceProcess(_folder.Path, settings);
    }

    public SimulatedModelProvider Provider { get; }

    public ServiceProcess Process { get; }

    public static async Task<ModelService> StartAsync(
        SimulatorOptions options, IReadOnlyList<TruthDocument> truth, CancellationToken ct, params (string Name, string Value)[] settings)
    {
        var priced = options with { Prices = new PriceOptions { InputPerMillion = InputPrice, OutputPerMillion = OutputPrice } };
        var provider = await SimulatedModelProvider.StartAsync(priced, ct);
        provider.SetTruth(truth);
        var all = new Dictionary<string, string>
        {
            ["LLM__PROVIDER"] = "openai",
            ["LLM__BASE_URL"] = provider.BaseUrl,
            ["LLM__MODEL"] = "simulated",
            ["LLM__API_KEY"] = "key",
            ["LLM__REQUESTS_PER_MINUTE"] = "100000",
            ["LLM__PRICE_INPUT_PER_MILLION"] = InputPrice.ToString(CultureInfo.InvariantCulture),
            ["LLM__PRICE_OUTPUT_PER_MILLION"] = OutputPrice.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var service = new ModelService(provider, all);
        await service.Process.StartAsync(ct);
        return service;
    }

    /// <summary>Uploads a packet, as a loan unless the form fields name another kind, and returns its id.</summary>
    public async Task<string> UploadAsync(ModelPacket packet, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Any(field => field.Name == "kind") ? fields : [("kind", "loan"), .. fields])
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(packet.Pdf), "file", "packet.pdf");
        using var response = await Process.Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>What a document's body says that it cost.</summary>
    public static (decimal Amount, int Calls, int Saved) CostOf(JsonElement document)
    {
        var cost = document.GetProperty("cost");
        return (
            decimal.Parse(cost.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture), cost.GetProperty("calls").GetInt32(),
            cost.GetProperty("calls_saved").GetInt32());
    }

    public Task<JsonElement> ResultAsync(string id, CancellationToken ct) => Process.GetAsync($"/v1/documents/{id}/result", ct);

    /// <summary>What the event log has about a document.</summary>
    public async Task<IReadOnlyList<LoggedEvent>> EventsOfAsync(string id, CancellationToken ct)
    {
        using var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = Process.DatabasePath }, TimeProvider.System);
        return await new SqliteEventLog(database).ReadAsync(id, 0, 1_000, ct);
    }

    /// <summary>Sets the page map as a person does, and waits until the document is done again.</summary>
    public async Task<JsonElement> EditAsync(string id, CancellationToken ct, params (string Account, int[] Pages)[] accounts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"/v1/documents/{id}/accounts", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = JsonContent.Create(new { accounts = accounts.Select(account => new { account_number = account.Account, pages = account.Pages }) });
        using var response = await Process.Http.SendAsync(request, ct);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(ct));
        return await Process.WaitUntilEndedAsync(id, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Dispose();
    }
}
