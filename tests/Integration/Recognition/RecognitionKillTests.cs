using Idp.Integration.Documents;
using Idp.Integration.Faults;

namespace Idp.Integration.Recognition;

public sealed class RecognitionKillTests
{
    private const int Documents = 10;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_killed_at_random_moments_never_orders_what_was_accepted_and_fetches_no_text_twice()
    {
        await using var service = await RecognitionService.StartAsync(new() { Latency = new() { FixedMilliseconds = 200, JitterMilliseconds = 600 }, Capacity = new() { AtOnce = 3 } }, Ct);
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(1, Documents))
        {
            var file = ScannedPages.Make(1, number);
            service.Provider.Know(file, $"Account Number: 44712033{number:00}");
            ids.Add(await service.Process.UploadAsync(file, "scan.pdf", Ct));
        }

        var moments = new Random(20261122);
        for (var kill = 0; kill < LongRun.Kills(inTheSuite: 2); kill++)
        {
            var seen = service.Provider.Requests.Count;
            await RecognitionService.UntilAsync(() => service.Provider.Requests.Count > seen || service.Provider.Bill.Retrieved == Documents, Ct);
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(0, 500)), TimeProvider.System, Ct);
            await service.Process.KillAsync(Ct);
            await service.Process.StartAsync(Ct);
        }

        var shown = 0m;
        foreach (var id in ids)
        {
            var document = await service.Process.WaitUntilEndedAsync(id, Ct);
            shown += RecognitionService.CostOf(document);
            service.Process.Log.Count(line => line.Contains($" for {id}: 1 pages accepted", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(1);
            if (document.GetProperty("status").GetString() != "completed")
            {
                // The text was on its way when the service was killed, and the provider gives it once.
                document.GetProperty("problems")[0].GetProperty("code").GetString().ShouldBe("recognition.already-delivered");
            }
        }

        service.Provider.Bill.RetrievedAgain.ShouldBe(0);
        shown.ShouldBeGreaterThanOrEqualTo(service.Provider.Bill.Money);
    }
}
