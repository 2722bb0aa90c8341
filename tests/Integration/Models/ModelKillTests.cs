using Idp.Integration.Faults;
using Idp.Simulators.Options;

namespace Idp.Integration.Models;

public sealed class ModelKillTests
{
    private const int MostDocuments = 20;
    private const int KillsForMost = 10;
    private const int PagesPerCall = 2;
    private const int CallsAtOnce = 16;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_killed_at_random_moments_ends_every_document_truly_and_pays_again_only_for_calls_in_flight()
    {
        var kills = LongRun.Kills(inTheSuite: 3);
        var documents = kills < KillsForMost ? MostDocuments / 2 : MostDocuments;
        var pagesPerAccount = Math.Max(3, kills / 4) * PagesPerCall;
        var packets = Enumerable.Range(500, documents).Select(number => ModelPacket.Make(number, pagesPerAccount)).ToList();
        var options = new SimulatorOptions
        {
            Latency = new() { FixedMilliseconds = 200, JitterMilliseconds = 400 },

            // Few places, so that there is work left for every kill.
            Capacity = new() { AtOnce = 4 },
            Billing = new() { Abandoned = AbandonedRequests.Finished },
        };
        await using var service = await ModelService.StartAsync(
            options, [.. packets.Select(packet => packet.Truth)], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__BATCH_SIZE", $"{PagesPerCall}"),
            ("LLM__MAX_CONCURRENCY", $"{CallsAtOnce}"), ("BATCH__MAX_CONCURRENT_DOCUMENTS", $"{documents}"));
        var ids = await Task.WhenAll(packets.Select(packet => service.UploadAsync(packet, Ct)));

        // Each kill comes at a random moment after a call was seen under way, so that there is something to lose.
        var moments = new Random(20261122);
        for (var kill = 0; kill < kills; kill++)
        {
            while (service.Provider.Bill.Running == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(0, 700)), TimeProvider.System, Ct);
            await service.Process.KillAsync(Ct);
            await service.Process.StartAsync(Ct);
        }

        var (shown, answered) = (0m, 0);
        foreach (var (packet, id) in packets.Zip(ids))
        {
            var document = await service.Process.WaitUntilEndedAsync(id, Ct);
            document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
            packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
            var cost = ModelService.CostOf(document);
            (shown, answered) = (shown + cost.Amount, answered + cost.Calls);
        }

        // Every pack has one answer that was kept. What the provider worked on besides was in flight at a kill, and is counted as paid.
        var packs = documents * 2 * (pagesPerAccount / PagesPerCall);
        var bill = service.Provider.Bill;
        answered.ShouldBe(packs);
        (bill.Completed - bill.Duplicates).ShouldBe(packs);
        var usage = await service.Process.GetAsync("/v1/usage", Ct);
        bill.Duplicates.ShouldBeInRange(1, usage.GetProperty("total").GetProperty("unanswered_calls").GetInt64());
        shown.ShouldBeGreaterThanOrEqualTo(bill.Money);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills: {bill.Completed} calls billed, {bill.Duplicates} of them again because their answer was lost in flight, shown ${shown}, billed ${bill.Money}");
    }
}
