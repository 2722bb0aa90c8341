using System.Net;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class CapacityTests : SimulatorTest
{
    private static readonly SimulatorOptions TwoPlaces = new()
    {
        Latency = new() { FixedMilliseconds = 1_000 },
        Capacity = new() { AtOnce = 2 },
    };

    [Fact]
    public async Task Requests_beyond_the_places_wait_first_come_first_served()
    {
        await StartAsync(TwoPlaces);
        var calls = new List<Task<Reply>>();
        for (var sent = 1; sent <= 6; sent++)
        {
            calls.Add(SendAsync(Chat()));
            await UntilAsync(() => sent <= 2 ? Clock.TimersSet == sent : Provider.Bill.MostWaiting == sent - 2);
        }

        for (var round = 1; round <= 3; round++)
        {
            await UntilAsync(() => Clock.TimersSet == 2);
            Clock.Advance(TimeSpan.FromSeconds(1));
            await UntilAsync(() => Provider.Bill.Completed == round * 2);
            Provider.Requests.Where(request => request.EndedAt is not null).Select(request => request.Sequence).ShouldBe(Enumerable.Range(1, round * 2).Select(number => (long)number));
        }

        (await Task.WhenAll(calls)).ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        Provider.Bill.MostAtOnce.ShouldBe(2);
    }

    [Fact]
    public async Task A_provider_can_refuse_what_finds_no_place()
    {
        await StartAsync(TwoPlaces with { Capacity = new() { AtOnce = 1, WhenFull = WhenFull.Reject } });
        var first = SendAsync(Chat());
        await UntilAsync(() => Clock.TimersSet == 1);

        var second = await SendAsync(Chat());

        second.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        second.Headers["Retry-After"].ShouldBe("1");
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await first).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task More_places_let_in_those_who_wait()
    {
        await StartAsync(TwoPlaces);
        var calls = Enumerable.Range(0, 4).Select(_ => SendAsync(Chat())).ToList();
        await UntilAsync(() => Provider.Bill.MostWaiting == 2);

        Provider.Change(options => options with { Capacity = new() { AtOnce = 0 } });

        await UntilAsync(() => Clock.TimersSet == 4);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(calls);
        Provider.Bill.MostAtOnce.ShouldBe(4);
    }

    [Fact]
    public async Task Latency_grows_with_the_answer()
    {
        await StartAsync(new() { Latency = new() { MillisecondsPerOutputToken = 10 } });
        var call = SendAsync(Chat());
        await UntilAsync(() => Clock.TimersSet == 1);
        var began = Clock.GetUtcNow();
        while (Provider.Bill.Completed == 0)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        var tokens = (int)(await call).Json["usage"]!["completion_tokens"]!;
        (Provider.Requests[0].EndedAt!.Value - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(10 * tokens));
    }

    [Fact]
    public async Task A_client_that_leaves_the_queue_is_not_billed_and_holds_no_place()
    {
        await StartAsync(TwoPlaces with { Capacity = new() { AtOnce = 1 } });
        var first = SendAsync(Chat());
        await UntilAsync(() => Clock.TimersSet == 1);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var second = SendAsync(Chat(), ct: leave.Token);
        await UntilAsync(() => Provider.Bill.MostWaiting == 1);

        await leave.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await UntilAsync(() => Provider.Bill.Abandoned == 1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await first;
        var bill = Provider.Bill;
        (bill.Completed, bill.Failed, bill.Running).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_provider_can_finish_and_bill_what_its_client_has_left()
    {
        await StartAsync(TwoPlaces with { Billing = new() { Abandoned = AbandonedRequests.Finished } });
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var call = SendAsync(Chat(), ct: leave.Token);
        await UntilAsync(() => Clock.TimersSet == 1);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        Clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(() => Provider.Bill.Completed == 1);
        Provider.Bill.CompletionTokens.ShouldBePositive();
    }
}
