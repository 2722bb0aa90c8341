using System.Text.Json;
using Idp.Integration.Documents;
using Idp.Integration.Models;
using Idp.Simulators.Options;

namespace Idp.Integration.Retrieval;

public sealed class KnowledgeByModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_sums_up_documents_after_their_end_and_nothing_of_its_own_stands()
    {
        await using var service = await ModelService.StartAsync(new SimulatorOptions(), [], Ct, ("RETRIEVAL__SUMMARY", "model"));
        var id = await service.Process.UploadAsync(
            PdfBuilder.OfPages("The harbour master of Whitby keeps the lamps lit.\nA late payment costs 35 dollars.", "The lease of the harbour ends in 2031."), "lease.pdf", Ct);
        var knowledge = await KnownAsync(service, id);

        knowledge.GetProperty("summary_source").GetString().ShouldBe("model", knowledge.ToString());
        knowledge.GetProperty("summary").GetString()!.ShouldContain("35 dollars");
        knowledge.GetProperty("stages").EnumerateObject().Last().Name.ShouldBe("model_summary");
        service.Provider.Requests.Count(request => request.Task == "summary").ShouldBe(1);
        (await service.Process.GetAsync($"/v1/documents/{id}", Ct)).GetProperty("cost").GetProperty("calls").GetInt32().ShouldBe(service.Provider.Requests.Count);
    }
    [Fact]
    public async Task A_model_points_at_what_is_no_content_and_nothing_of_its_own_is_searched()
    {
        await using var service = await ModelService.StartAsync(new SimulatorOptions(), [], Ct, ("RETRIEVAL__CLEANING", "model"));
        var id = await service.Process.UploadAsync(
            PdfBuilder.OfPages("The harbour master of Whitby keeps the lamps lit.\n\nContinued on next page", "The lease of the harbour ends in 2031.\n\nContinued on next page"), "lease.pdf", Ct);

        (await KnownAsync(service, id)).GetProperty("status").GetString().ShouldBe("completed");

        service.Provider.Requests.Count(request => request.Task == "cleaned_page").ShouldBe(1);
        var text = string.Join('\n', (await service.Process.GetAsync($"/v1/documents/{id}/chunks", Ct)).GetProperty("items").EnumerateArray().Select(static chunk => chunk.GetProperty("text").GetString()));
        text.ShouldContain("lamps lit.");
        text.ShouldContain("2031");
        text.Split("Continued on next page").Length.ShouldBe(2);
        (await service.Process.GetAsync($"/v1/documents/{id}", Ct)).GetProperty("cost").GetProperty("calls").GetInt32().ShouldBe(service.Provider.Requests.Count);
    }

    private static async Task<JsonElement> KnownAsync(ModelService service, string id)
    {
        await service.Process.WaitUntilEndedAsync(id, Ct);
        var knowledge = await service.Process.GetAsync($"/v1/documents/{id}/knowledge", Ct);
        while (knowledge.GetProperty("status").GetString() is not ("completed" or "failed"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
            knowledge = await service.Process.GetAsync($"/v1/documents/{id}/knowledge", Ct);
        }

        return knowledge;
    }
}
