using System.Net.Http.Json;
using Idp.Simulators.Options;

namespace Idp.Integration.Models;

public sealed class ModelExtractionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_pages_of_two_accounts_take_two_calls_at_once_and_every_value_is_right()
    {
        var packet = ModelPacket.Make(1, pagesPerAccount: 5);
        await using var service = await ModelService.StartAsync(new() { Latency = new() { FixedMilliseconds = 1000 } }, [packet.Truth], Ct);

        var id = await service.UploadAsync(packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
        service.Provider.Bill.Completed.ShouldBe(2);
        service.Provider.Bill.MostAtOnce.ShouldBe(2);
        ModelService.CostOf(document).ShouldBe((service.Provider.Bill.Money, 2, 8));
    }

    [Fact]
    public async Task Fixed_packing_sends_the_pages_two_by_two()
    {
        var packet = ModelPacket.Make(2, pagesPerAccount: 5);
        await using var service = await ModelService.StartAsync(
            new(), [packet.Truth], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__BATCH_SIZE", "2"), ("EXTRACTION__MAX_WORKERS", "3"));

        await service.Process.WaitUntilEndedAsync(await service.UploadAsync(packet, Ct), Ct);

        service.Provider.Requests.Select(request => string.Join(',', request.Pages)).Order(StringComparer.Ordinal)
            .ShouldBe(["1,2", "10", "3,4", "5", "6,7", "8,9"]);
        service.Provider.Bill.MostAtOnce.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_same_file_again_and_the_same_pages_in_another_file_cost_nothing()
    {
        var packet = ModelPacket.Make(3);
        await using var service = await ModelService.StartAsync(new(), [packet.Truth], Ct);
        await service.Process.WaitUntilEndedAsync(await service.UploadAsync(packet, Ct), Ct);
        var paid = service.Provider.Bill;

        // Two uploads at once: neither may ask, and neither may wait for ever for the other.
        var again = await Task.WhenAll(service.UploadAsync(packet, Ct), service.UploadAsync(packet with { Pdf = [.. packet.Pdf, (byte)'\n'] }, Ct));
        foreach (var id in again)
        {
            var document = await service.Process.WaitUntilEndedAsync(id, Ct);
            ModelService.CostOf(document).ShouldBe((0m, 0, 4));
            packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
        }

        service.Provider.Bill.ShouldBe(paid);
    }

    [Fact]
    public async Task Two_documents_with_the_same_pages_at_the_same_time_share_their_calls()
    {
        var packet = ModelPacket.Make(4);
        await using var service = await ModelService.StartAsync(new() { Latency = new() { FixedMilliseconds = 1500 } }, [packet.Truth], Ct);

        var ids = await Task.WhenAll(service.UploadAsync(packet, Ct), service.UploadAsync(packet with { Pdf = [.. packet.Pdf, (byte)'\n'] }, Ct));
        foreach (var id in ids)
        {
            (await service.Process.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
            packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
        }

        service.Provider.Bill.Completed.ShouldBe(2);
        service.Provider.Bill.RepeatedPages.ShouldBe(0);
    }

    [Fact]
    public async Task A_document_at_its_cap_is_partial_keeps_what_it_has_and_goes_on_when_the_cap_is_raised()
    {
        var packet = ModelPacket.Make(5, pagesPerAccount: 4);
        await using var service = await ModelService.StartAsync(
            new(), [packet.Truth], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__BATCH_SIZE", "1"));

        var id = await service.UploadAsync(packet, Ct, ("budget_usd", "0.004"));
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("partial");
        document.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()).ShouldContain("budget_exhausted");
        var bill = service.Provider.Bill;
        bill.Completed.ShouldBeInRange(1, 7);
        bill.Money.ShouldBeLessThanOrEqualTo(0.004m);
        ModelService.CostOf(document).Amount.ShouldBe(bill.Money);

        (await service.Process.Http.PutAsJsonAsync(new Uri($"/v1/budgets/{id}", UriKind.Relative), new { limit_usd = "1.00" }, Ct)).EnsureSuccessStatusCode();
        (await service.Process.Http.PostAsync(new Uri($"/v1/documents/{id}/retry", UriKind.Relative), null, Ct)).EnsureSuccessStatusCode();
        document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        service.Provider.Bill.Completed.ShouldBe(8);
        service.Provider.Bill.RepeatedPages.ShouldBe(0);
        packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retry_asks_anew_what_could_not_be_used_and_only_that()
    {
        var packet = ModelPacket.Make(9);
        await using var service = await ModelService.StartAsync(new(), [packet.Truth], Ct);
        service.Provider.Script(Fault.MalformedJson, Fault.MalformedJson, Fault.MalformedJson, Fault.MalformedJson);
        var id = await service.UploadAsync(packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);
        document.GetProperty("status").GetString().ShouldBe("partial");
        document.GetProperty("problems").ToString().ShouldContain("model.malformed-reply");
        service.Provider.Bill.Completed.ShouldBe(4);

        (await service.Process.Http.PostAsync(new Uri($"/v1/documents/{id}/retry", UriKind.Relative), null, Ct)).EnsureSuccessStatusCode();
        document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
        service.Provider.Bill.Completed.ShouldBe(6);
        ModelService.CostOf(document).Amount.ShouldBe(service.Provider.Bill.Money);
    }

    [Fact]
    public async Task Faults_of_every_kind_leave_every_document_complete_and_every_value_right()
    {
        var packets = Enumerable.Range(100, 12).Select(number => ModelPacket.Make(number)).ToList();
        var faults = new FaultOptions
        {
            Seed = 7,
            ServerError = 0.1,
            DropBeforeWork = 0.025,
            DropAfterBilling = 0.025,
            MalformedJson = 0.05,
            FencedJson = 0.1,
            JsonInProse = 0.1,
            MissingUsage = 0.05,
            RateLimited = 0.1,
        };
        await using var service = await ModelService.StartAsync(
            new() { Faults = faults, Latency = new() { FixedMilliseconds = 50 } }, [.. packets.Select(packet => packet.Truth)], Ct);

        var ids = await Task.WhenAll(packets.Select(packet => service.UploadAsync(packet, Ct)));
        var shown = 0m;
        foreach (var (packet, id) in packets.Zip(ids))
        {
            var document = await service.Process.WaitUntilEndedAsync(id, Ct);
            document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
            packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
            shown += ModelService.CostOf(document).Amount;
        }

        shown.ShouldBeGreaterThanOrEqualTo(service.Provider.Bill.Money);
        service.Provider.Bill.Failed.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(3000, 0)]
    [InlineData(0, 300)]
    public async Task A_model_that_takes_less_is_asked_for_less_and_remembered(int contextTokens, int outputTokens)
    {
        var packet = ModelPacket.Make(6, pagesPerAccount: 6);
        await using var service = await ModelService.StartAsync(
            new() { SizeLimit = new() { ContextTokens = contextTokens, OutputTokens = outputTokens } }, [packet.Truth], Ct, ("LLM__MAX_OUTPUT_TOKENS", "600"));

        var id = await service.UploadAsync(packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
        service.Provider.Bill.Completed.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Cancelling_aborts_the_calls_under_way_and_makes_no_new_one()
    {
        var packet = ModelPacket.Make(7, pagesPerAccount: 4);
        await using var service = await ModelService.StartAsync(
            new() { Latency = new() { FixedMilliseconds = 60_000 } }, [packet.Truth], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__MAX_WORKERS", "2"));
        var id = await service.UploadAsync(packet, Ct);
        await WaitForAsync(() => service.Provider.Bill.Running == 2);

        (await service.Process.Http.PostAsync(new Uri($"/v1/documents/{id}/cancel", UriKind.Relative), null, Ct)).EnsureSuccessStatusCode();

        (await service.Process.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("cancelled");
        await WaitForAsync(() => service.Provider.Bill.Running == 0);
        service.Provider.Bill.ShouldSatisfyAllConditions(bill => bill.Received.ShouldBe(2), bill => bill.Completed.ShouldBe(0));
    }

    [Fact]
    public async Task The_processor_shows_the_gate_of_the_provider()
    {
        var packet = ModelPacket.Make(8);
        await using var service = await ModelService.StartAsync(new(), [packet.Truth], Ct);
        await service.Process.WaitUntilEndedAsync(await service.UploadAsync(packet, Ct), Ct);

        var gate = (await service.Process.GetAsync("/v1/processor", Ct)).GetProperty("provider_gates").EnumerateArray().ShouldHaveSingleItem();

        gate.GetProperty("model").GetString().ShouldBe("simulated");
        gate.GetProperty("calls").GetInt32().ShouldBe(2);
        gate.GetProperty("limit").GetInt32().ShouldBeGreaterThan(1);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
