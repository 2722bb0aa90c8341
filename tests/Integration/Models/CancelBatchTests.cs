using Idp.Integration.Api.Events;
using Idp.Integration.Faults;

namespace Idp.Integration.Models;

public sealed class CancelBatchTests
{
    private const int AtWork = 50;
    private const int Waiting = 5;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_with_fifty_documents_at_a_slow_provider_is_cancelled_whole_and_nothing_is_asked_or_paid_afterwards()
    {
        var packets = Enumerable.Range(900, AtWork + Waiting).Select(number => ModelPacket.Make(number)).ToList();
        await using var service = await ModelService.StartAsync(
            new() { Latency = new() { FixedMilliseconds = 600_000 } }, [.. packets.Select(packet => packet.Truth)], Ct,
            ("BATCH__MAX_FILES", $"{AtWork + Waiting}"), ("BATCH__MAX_CONCURRENT_DOCUMENTS", $"{AtWork}"), ("LLM__MAX_CONCURRENCY", $"{2 * AtWork}"),
            ("LLM__TIMEOUT_SECONDS", "600"));
        var batch = await service.Process.UploadBatchAsync(packets.Select((packet, index) => ($"{index}.pdf", packet.Pdf)), Ct, ("kind", "loan"));
        var id = batch.GetProperty("id").GetString()!;
        await WaitForAsync(() => service.Provider.Bill.Running == 2 * AtWork);

        using var response = await service.Process.Http.PostAsync(new Uri($"/v1/batches/{id}/cancel", UriKind.Relative), null, Ct);
        response.EnsureSuccessStatusCode();

        // Every connection is cut by the service, not by a time-out: the provider would take ten minutes.
        await WaitForAsync(() => service.Provider.Bill.Running == 0);
        using var stream = await ServerSentEvents.OpenAsync(service.Process.Http, $"/v1/batches/{id}/events?after=0", Ct);
        var told = await stream.ReadToEndAsync(Ct);
        told.Count(one => one.Name == "document_cancelled").ShouldBe(AtWork + Waiting);
        told.Count(one => one.Name == "batch_completed").ShouldBe(1);
        told[^1].Name.ShouldBe("done");
        told[^1].Data.GetProperty("status").GetString().ShouldBe("cancelled");
        told.Where(one => one.Name == "document_cancelled").Select(one => one.Data.GetProperty("document_id").GetString()).ShouldBeUnique();
        (await service.Process.GetAsync($"/v1/batches/{id}", Ct)).GetProperty("counts").GetProperty("cancelled").GetInt32()
            .ShouldBe(AtWork + Waiting);
        service.Provider.Bill.ShouldSatisfyAllConditions(
            bill => bill.Received.ShouldBe(2 * AtWork), bill => bill.Completed.ShouldBe(0), bill => bill.Money.ShouldBe(0));
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }
}
