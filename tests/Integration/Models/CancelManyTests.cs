using System.Diagnostics;
using System.Globalization;

namespace Idp.Integration.Models;

public sealed class CancelManyTests
{
    private const int Documents = 50;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_documents_at_a_slow_provider_are_cancelled_at_once_and_nothing_is_asked_or_paid_afterwards()
    {
        var packets = Enumerable.Range(200, Documents).Select(number => ModelPacket.Make(number)).ToList();
        await using var service = await ModelService.StartAsync(
            new() { Latency = new() { FixedMilliseconds = 600_000 } }, [.. packets.Select(packet => packet.Truth)], Ct,
            ("BATCH__MAX_CONCURRENT_DOCUMENTS", $"{Documents}"), ("LLM__MAX_CONCURRENCY", $"{2 * Documents}"), ("LLM__TIMEOUT_SECONDS", "600"));
        var ids = await Task.WhenAll(packets.Select(packet => service.UploadAsync(packet, Ct)));
        await WaitForAsync(() => service.Provider.Bill.Running == 2 * Documents);

        // The answer leaves after the terminal event is durable.
        var waits = (await Task.WhenAll(ids.Select(async id =>
        {
            var asked = Stopwatch.GetTimestamp();
            using var response = await service.Process.Http.PostAsync(new Uri($"/v1/documents/{id}/cancel", UriKind.Relative), null, Ct);
            response.EnsureSuccessStatusCode();
            return Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        }))).Order().ToList();

        // Every connection is cut by the service, not by a time-out: the provider would take ten minutes.
        await WaitForAsync(() => service.Provider.Bill.Running == 0);
        service.Provider.Bill.ShouldSatisfyAllConditions(bill => bill.Received.ShouldBe(2 * Documents), bill => bill.Completed.ShouldBe(0), bill => bill.Money.ShouldBe(0));
        foreach (var id in ids)
        {
            (await service.Process.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("cancelled");
            var events = await service.EventsOfAsync(id, Ct);

            // The calls that were cut off count as paid until more is known; nothing else happens after the end.
            var names = events.Select(logged => logged.Name).ToList();
            names.Skip(names.IndexOf("document_cancelled") + 1).ShouldAllBe(name => name == "cost_update");
            names.ShouldContain("document_cancelled");
        }

        service.Provider.Bill.Received.ShouldBe(2 * Documents);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"cancel to terminal event, {Documents} documents: p50 {waits[Documents / 2]:0} ms, p99 {waits[(int)(Documents * 0.99)]:0} ms"));
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }
}
