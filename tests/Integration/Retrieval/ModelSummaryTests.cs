using Idp.Integration.Documents;
using Idp.Integration.Models;
using Idp.Simulators.Options;

namespace Idp.Integration.Retrieval;

public sealed class ModelSummaryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_sums_up_documents_after_their_end_and_nothing_of_its_own_stands()
    {
        await using var service = await ModelService.StartAsync(new SimulatorOptions(), [], Ct, ("RETRIEVAL__SUMMARY", "model"));
        var id = await service.Process.UploadAsync(
            PdfBuilder.OfPages("The harbour master of Whitby keeps the lamps lit.\nA late payment costs 35 dollars.", "The lease of the harbour ends in 2031."), "lease.pdf", Ct);
        await service.Process.WaitUntilEndedAsync(id, Ct);
        var knowledge = await service.Process.GetAsync($"/v1/documents/{id}/knowledge", Ct);
        while (knowledge.GetProperty("status").GetString() is not ("completed" or "failed"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
            knowledge = await service.Process.GetAsync($"/v1/documents/{id}/knowledge", Ct);
        }

        knowledge.GetProperty("summary_source").GetString().ShouldBe("model", knowledge.ToString());
        knowledge.GetProperty("summary").GetString()!.ShouldContain("35 dollars");
        knowledge.GetProperty("stages").EnumerateObject().Last().Name.ShouldBe("model_summary");
        service.Provider.Requests.Count(request => request.Task == "summary").ShouldBe(1);
        (await service.Process.GetAsync($"/v1/documents/{id}", Ct)).GetProperty("cost").GetProperty("calls").GetInt32().ShouldBe(service.Provider.Requests.Count);
    }
}
