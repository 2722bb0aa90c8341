using Idp.Integration.Documents;
using Idp.Simulators.Options;

namespace Idp.Integration.Recognition;

public sealed class RecognitionServiceTests
{
    private const string Prose = "The owner agrees to the rules and regulations of the bank as they stand from time to time.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_pages_that_need_it_are_ordered_and_a_document_that_waits_takes_no_place_from_others()
    {
        await using var service = await RecognitionService.StartAsync(new() { Capacity = new() { AtOnce = 1 }, Latency = new() { FixedMilliseconds = 3_600_000 } }, Ct);
        await service.KeepProviderBusyAsync(Ct);
        service.Provider.Change(options => options with { Latency = new() });
        var mixed = new PdfBuilder().AddText(string.Join('\n', Enumerable.Repeat(Prose, 8)), size: 9)
            .AddContent(ScannedPages.Strokes(1)).AddContent(string.Empty).AddContent(ScannedPages.Strokes(2)).Build();
        service.Provider.Know(mixed, "never asked for", "Account Number: 4471203398", "never asked for", "Total due 1,416.00");

        var waiting = await service.Process.UploadAsync(mixed, "mixed.pdf", Ct);
        await RecognitionService.UntilAsync(() => service.Provider.Bill.Completed == 1, Ct);
        var other = await service.Process.UploadAsync(PdfBuilder.OfPages(string.Join('\n', Enumerable.Repeat(Prose, 8))), "text.pdf", Ct);
        await service.Process.WaitUntilEndedAsync(other, Ct);
        (await service.Process.GetAsync($"/v1/documents/{waiting}", Ct)).GetProperty("stage").GetString().ShouldBe("ocr_extraction");
        service.Provider.Change(options => options with { Capacity = new() });

        var document = await service.Process.WaitUntilEndedAsync(waiting, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        var page = await service.Process.GetAsync($"/v1/documents/{waiting}/pages/2", Ct);
        (page.GetProperty("text").GetString(), page.GetProperty("source").GetString(), page.GetProperty("boxes_estimated").GetBoolean()).ShouldBe(("Account Number: 4471203398", "ocr", true));
        (service.Provider.Bill.Completed, service.Provider.Bill.RecognizedPages, service.Provider.Bill.Retrieved).ShouldBe((1, 2, 1));
        RecognitionService.CostOf(document).ShouldBe(service.Provider.Bill.Money);
        var usage = await service.Process.GetAsync("/v1/usage?group_by=model", Ct);
        usage.ToString().ShouldContain("\"form\"");
    }

    [Fact]
    public async Task A_service_killed_while_a_document_is_at_the_provider_orders_it_once_and_fetches_it_once()
    {
        await using var service = await RecognitionService.StartAsync(new() { Latency = new() { FixedMilliseconds = 1_000 } }, Ct);
        var id = await service.UploadAsync(Ct, "Account Number: 4471203398", "Total due 1,416.00");
        await RecognitionService.UntilAsync(() => service.Provider.Requests.Any(request => request.Endpoint == "whisper-status"), Ct);

        await service.Process.KillAsync(Ct);
        await service.Process.StartAsync(Ct);

        var document = await service.Process.WaitUntilEndedAsync(id, Ct);
        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        var bill = service.Provider.Bill;
        (bill.Completed, bill.Retrieved, bill.RetrievedAgain).ShouldBe((1, 1, 0));
        RecognitionService.CostOf(document).ShouldBe(bill.Money);
    }

    [Fact]
    public async Task A_text_lost_with_a_killed_service_is_told_and_ordered_anew_only_when_somebody_asks_for_it()
    {
        await using var service = await RecognitionService.StartAsync(new(), Ct);
        service.Provider.ScriptFor("whisper-retrieve", Fault.Slow);
        var id = await service.UploadAsync(Ct, "Account Number: 4471203398");
        await RecognitionService.UntilAsync(() => service.Provider.Bill.Retrieved == 1, Ct);

        await service.Process.KillAsync(Ct);
        await service.Process.StartAsync(Ct);

        var document = await service.Process.WaitUntilEndedAsync(id, Ct);
        (document.GetProperty("status").GetString(), document.GetProperty("problems")[0].GetProperty("code").GetString()).ShouldBe(("failed", "recognition.already-delivered"));
        (service.Provider.Bill.Completed, service.Provider.Bill.RetrievedAgain).ShouldBe((1, 0));

        using var retried = await service.Process.Http.PostAsync(new Uri($"/v1/documents/{id}/retry", UriKind.Relative), content: null, Ct);
        document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        service.Provider.Bill.Completed.ShouldBe(2);
        RecognitionService.CostOf(document).ShouldBe(service.Provider.Bill.Money);
    }
}
