using System.Globalization;
using System.Text.Json;
using Idp.Integration.Api;
using Idp.Integration.Documents;
using Idp.Integration.Faults;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Integration.Retrieval;

public sealed class VectorSearchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_provider_a_document_gets_vectors_by_itself_and_is_found_by_them()
    {
        using var folder = new TemporaryFolder();
        await using var provider = await SimulatedModelProvider.StartAsync(new SimulatorOptions { Prices = new PriceOptions { EmbeddingPerMillion = 10 } }, Ct);
        await using var service = new ServiceProcess(folder.Path, SettingsFor(provider));
        await service.StartAsync(Ct);
        var id = await service.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, Ct), "packet.pdf", Ct);
        var knowledge = await KnowledgeAsync(service, id);

        var byMeaning = await SearchAsync(service, "how long before it begins is a new list of fees sent to the customer", "vector");
        var byBoth = await SearchAsync(service, "how long before it begins is a new list of fees sent to the customer", mode: null);

        knowledge.GetProperty("stages").EnumerateObject().Last().Name.ShouldBe("embedding");
        (byMeaning.GetProperty("mode").GetString(), byBoth.GetProperty("mode").GetString()).ShouldBe(("vector", "hybrid"));
        byMeaning.GetProperty("hits").GetArrayLength().ShouldBeGreaterThan(0);
        byBoth.GetProperty("hits")[0].GetProperty("text").GetString()!.ShouldContain("thirty days");
        decimal.Parse((await service.GetAsync($"/v1/documents/{id}", Ct)).GetProperty("cost").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(0);
        provider.Bill.Received.ShouldBe(2);
    }

    [Fact]
    public async Task Documents_of_before_become_searchable_and_get_vectors_when_the_service_starts_as_it_is_set_now()
    {
        using var folder = new TemporaryFolder();
        await using var provider = await SimulatedModelProvider.StartAsync(new SimulatorOptions(), Ct);
        string id;
        await using (var before = new ServiceProcess(folder.Path, new Dictionary<string, string> { ["RETRIEVAL__ENABLED"] = "false" }))
        {
            await before.StartAsync(Ct);
            id = await before.UploadAsync(PdfBuilder.OfPages("The harbour master of Whitby keeps the lamps lit."), "harbour.pdf", Ct);
            await before.WaitUntilEndedAsync(id, Ct);
            (await before.GetAsync("/v1/knowledge", Ct)).GetProperty("behind").GetInt32().ShouldBe(1);
            await before.StopAsync(Ct);
        }

        await using var service = new ServiceProcess(folder.Path, SettingsFor(provider));
        await service.StartAsync(Ct);
        await KnowledgeAsync(service, id);

        (await SearchAsync(service, "who looks after the lamps", "vector")).GetProperty("hits")[0].GetProperty("document_id").GetString().ShouldBe(id);
        var counts = await service.GetAsync("/v1/knowledge", Ct);
        (counts.GetProperty("searchable").GetInt32(), counts.GetProperty("behind").GetInt32()).ShouldBe((1, 0));
        service.Log.ShouldContain(line => line.Contains("Documents of before are made searchable", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> SettingsFor(SimulatedModelProvider provider) => new()
    {
        ["EMBEDDING__PROVIDER"] = "openai",
        ["EMBEDDING__BASE_URL"] = provider.BaseUrl,
        ["EMBEDDING__MODEL"] = "simulated",
        ["EMBEDDING__PRICE_PER_MILLION"] = "10",
    };

    private static async Task<JsonElement> KnowledgeAsync(ServiceProcess service, string id)
    {
        while (true)
        {
            var knowledge = await service.GetAsync($"/v1/documents/{id}/knowledge", Ct);
            if (knowledge.GetProperty("status").GetString() is "completed" or "failed")
            {
                knowledge.GetProperty("status").GetString().ShouldBe("completed", knowledge.ToString());
                return knowledge;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    private static async Task<JsonElement> SearchAsync(ServiceProcess service, string query, string? mode)
    {
        var body = mode is null ? $$"""{"query":"{{query}}"}""" : $$"""{"query":"{{query}}","mode":"{{mode}}"}""";
        using var response = await service.Http.PostAsync(new Uri("/v1/search", UriKind.Relative), HttpCalls.Json(body), Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
