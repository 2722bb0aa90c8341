using System.Text.Json;
using Idp.Application.Kernel.Events;
using Idp.Simulators.Options;

namespace Idp.Integration.Models;

public sealed class ThrottledProviderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_whose_calls_wait_for_a_provider_that_throttles_are_told_so()
    {
        var packets = Enumerable.Range(30, 3).Select(number => ModelPacket.Make(number)).ToList();
        var rates = new RateLimitOptions { RequestsPerMinute = 120, BurstSeconds = 1, Headers = RateLimitHeaderMode.Absent };
        await using var service = await ModelService.StartAsync(new() { RateLimit = rates }, [.. packets.Select(packet => packet.Truth)], Ct);

        var ids = await Task.WhenAll(packets.Select(packet => service.UploadAsync(packet, Ct)));
        foreach (var id in ids)
        {
            (await service.Process.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        }

        service.Provider.Bill.Rejected.ShouldBeGreaterThan(0);
        var told = new List<LoggedEvent>();
        foreach (var id in ids)
        {
            var ofDocument = (await service.EventsOfAsync(id, Ct)).Where(logged => logged.Name == "provider_throttled").ToList();
            ofDocument.Zip(ofDocument.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At > TimeSpan.FromMilliseconds(900));
            told.AddRange(ofDocument);
        }

        told.ShouldNotBeEmpty();
        foreach (var logged in told)
        {
            using var data = JsonDocument.Parse(logged.Data);
            data.RootElement.GetProperty("document_id").GetString().ShouldBe(logged.Subject);
            data.RootElement.GetProperty("provider").GetString().ShouldStartWith("http://127.0.0.1:");
            data.RootElement.GetProperty("model").GetString().ShouldBe("simulated");
            data.RootElement.GetProperty("limit").GetInt32().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task A_provider_that_never_throttles_is_not_complained_of()
    {
        var packet = ModelPacket.Make(33);
        await using var service = await ModelService.StartAsync(new(), [packet.Truth], Ct);

        var id = await service.UploadAsync(packet, Ct);
        await service.Process.WaitUntilEndedAsync(id, Ct);

        (await service.EventsOfAsync(id, Ct)).ShouldNotContain(logged => logged.Name == "provider_throttled");
    }
}
