#pragma warning disable
using System.Globalization;
using Idp.Simulators.Options;

namespace Idp.Integration.Models;

public sealed class ModelKillTests
{
    private const int Documents = 20;

    /// <summary>Set to make the full run of 100 kills; a run of the suite has fewer, because each takes a start of the service.</summary>
    private const string KillsVariable = "IDP_TEST_KILLS";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_killed_at_random_moments_ends_every_document_truly_and_pays_for_no_delivered_answer_twice()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable(KillsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 15;
        var packets = Enumerable.Range(500, Documents).Select(number => ModelPacket.Make(number, pagesPerAccount: Math.Max(6, kills / 2))).ToList();
        var options = new SimulatorOptions
        {
            Latency = new() { FixedMilliseconds = 200, JitterMilliseconds = 400 },

            // Few places, so that there is work left for every kill.
            Capacity = new() { AtOnce = 4 },
            Billing = new() { Abandoned = AbandonedRequests.Finished },
        };
        await using var service = await ModelService.StartAsync(
            options, [.. packets.Select(packet => packet.Truth)], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__BATCH_SIZE", "2"), ("BATCH__MAX_CONCURRENT_DOCUMENTS", "20"));
        var ids = await Task.WhenAll(packets.Select(packet => service.UploadAsync(packet, Ct)));

        // Each kill comes at a random moment after a call was seen under way, so that there is something to lose.
        var killTimes = new List<string>();
        var moments = new Random(20261122);
        for (var kill = 0; kill < kills; kill++)
        {
            while (service.Provider.Bill.Running == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(0, 700)), TimeProvider.System, Ct);
            killTimes.Add(DateTimeOffset.UtcNow.ToString("mm:ss.fff"));
            await service.Process.KillAsync(Ct);
            await service.Process.StartAsync(Ct);
        }

        var shown = 0m;
        foreach (var (packet, id) in packets.Zip(ids))
        {
            var document = await service.Process.WaitUntilEndedAsync(id, Ct);
            document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
            packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
            shown += ModelService.CostOf(document).Amount;
        }

        var bill = service.Provider.Bill;
        var log = string.Join('\n', service.Provider.Requests.OrderBy(r => r.Sequence).Select(r => $"{r.Sequence} {r.At:mm:ss.fff} {r.EndedAt:mm:ss.fff} {r.Outcome} {r.Status} {r.Task} {r.Account} {string.Join(',', r.Pages)}"));
        await File.WriteAllTextAsync("/work/dev/e2e/requests.log", log + "\nKILLS " + string.Join(' ', killTimes), Ct);
        System.IO.File.Copy(service.Process.DatabasePath, "/work/dev/e2e/kill.db", true);
        bill.DuplicatesOfDelivered.ShouldBe(0);
        bill.Duplicates.ShouldBeGreaterThan(0, "no kill cut a call off");
        shown.ShouldBeGreaterThanOrEqualTo(bill.Money);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills: {bill.Completed} calls billed, {bill.Duplicates} of them again after their answer was lost in flight, shown ${shown}, billed ${bill.Money}");
    }
}
