using System.Net;
using System.Text.Json;
using Idp.Simulators.Billing;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class FaultTests : SimulatorTest
{
    [Theory]
    [InlineData(Fault.ServerError, HttpStatusCode.InternalServerError, "server_error")]
    [InlineData(Fault.BadGateway, HttpStatusCode.BadGateway, "server_error")]
    [InlineData(Fault.Unavailable, HttpStatusCode.ServiceUnavailable, "server_overloaded")]
    [InlineData(Fault.RateLimited, HttpStatusCode.TooManyRequests, "rate_limit_exceeded")]
    [InlineData(Fault.InsufficientQuota, HttpStatusCode.TooManyRequests, "insufficient_quota")]
    public async Task A_fault_has_its_status_and_is_not_billed(Fault fault, HttpStatusCode status, string error)
    {
        await StartAsync();
        Provider.Script(fault);

        var reply = await SendAsync(Chat());

        (reply.Status, reply.Error).ShouldBe((status, error));
        (Provider.Bill.Completed, Provider.Bill.PromptTokens).ShouldBe((0, 0));
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Fault.DropBeforeWork, 0)]
    [InlineData(Fault.DropAfterBilling, 1)]
    public async Task A_cut_connection_is_billed_if_the_answer_was_ready(Fault fault, int billed)
    {
        await StartAsync();
        Provider.Script(fault);

        await Should.ThrowAsync<HttpRequestException>(() => SendAsync(Chat()));

        var bill = Provider.Bill;
        (bill.Completed, bill.DroppedAfterBilling, bill.Failed).ShouldBe((billed, billed, 1 - billed));
    }

    [Fact]
    public async Task A_slow_answer_takes_longer()
    {
        await StartAsync(new() { Latency = new() { FixedMilliseconds = 10, SlowMilliseconds = 5_000 } });
        Provider.Script(Fault.Slow);
        var call = SendAsync(Chat());
        await UntilAsync(() => Clock.TimersSet == 1);

        Clock.Advance(TimeSpan.FromMilliseconds(5_009));
        Provider.Bill.Running.ShouldBe(1);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await call).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Malformed_content_is_no_json()
    {
        await StartAsync();
        Provider.Script(Fault.MalformedJson);

        var reply = await SendAsync(Chat());

        Should.Throw<JsonException>(() => reply.Answer);
        reply.FinishReason.ShouldBe("stop");
    }

    [Theory]
    [InlineData(Fault.FencedJson, "```json\n{")]
    [InlineData(Fault.JsonInProse, "Here is")]
    public async Task Json_can_be_wrapped(Fault fault, string beginning)
    {
        await StartAsync();
        var plain = (await SendAsync(Chat())).Content;
        Provider.Script(fault);

        var wrapped = (await SendAsync(Chat())).Content;

        wrapped.ShouldStartWith(beginning);
        wrapped.ShouldContain(plain);
    }

    [Fact]
    public async Task Usage_can_be_missing()
    {
        await StartAsync();
        Provider.Script(Fault.MissingUsage);

        (await SendAsync(Chat())).Json["usage"].ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_has_no_content()
    {
        await StartAsync();
        Provider.Script(Fault.Refusal);

        var message = (await SendAsync(Chat())).Json["choices"]![0]!["message"]!;

        message["content"].ShouldBeNull();
        ((string?)message["refusal"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_wrong_value_differs_from_its_quote()
    {
        await StartAsync();
        Provider.Script(Fault.WrongValue);

        var field = (await SendAsync(Chat())).Answer["fields"]![0]!;

        ((string)field["quote"]!).ShouldBe("555-0100");
        ((string)field["value"]!).ShouldNotBe("555-0100");
    }

    [Fact]
    public async Task An_invented_value_is_not_on_the_page()
    {
        await StartAsync();
        Provider.Script(Fault.InventedValue);

        var fields = (await SendAsync(Chat())).Answer["fields"]!.AsArray();

        fields.Count.ShouldBe(2);
        Chat().ToJsonString().ShouldNotContain((string)fields[1]!["value"]!);
    }

    [Fact]
    public async Task Chance_follows_from_seed_and_request_not_from_the_order_of_arrival()
    {
        var options = new SimulatorOptions { Faults = new() { Seed = 7, ServerError = 0.4 } };
        await StartAsync(options);
        var forwards = await StrickenAsync(Enumerable.Range(0, 40));
        await Provider.DisposeAsync();
        await StartAsync(options);
        var backwards = await StrickenAsync(Enumerable.Range(0, 40).Reverse());
        await Provider.DisposeAsync();
        await StartAsync(options with { Faults = options.Faults with { Seed = 8 } });

        backwards.ShouldBe(forwards);
        forwards.Count.ShouldBeInRange(8, 24);
        (await StrickenAsync(Enumerable.Range(0, 40))).ShouldNotBe(forwards);
    }

    [Fact]
    public async Task A_retry_draws_anew()
    {
        await StartAsync(new() { Faults = new() { ServerError = 0.5 } });
        for (var attempt = 0; attempt < 30; attempt++)
        {
            await SendAsync(Chat());
        }

        Provider.Requests.Select(request => request.Outcome).Distinct().ShouldBe([Outcome.Completed, Outcome.Failed], ignoreOrder: true);
    }

    [Fact]
    public async Task A_wrong_key_is_401()
    {
        await StartAsync(new() { ApiKeys = ["right"] });

        (await SendAsync(Chat(), key: "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(Chat(), key: "right")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_model_that_does_not_exist_is_404()
    {
        await StartAsync(new() { Models = ["other"] });

        (await SendAsync(Chat())).Error.ShouldBe("model_not_found");
    }

    private async Task<List<int>> StrickenAsync(IEnumerable<int> requests)
    {
        var stricken = new List<int>();
        foreach (var request in requests)
        {
            if ((await SendAsync(Chat($"[page {request}]\ntext"))).Status is HttpStatusCode.InternalServerError)
            {
                stricken.Add(request);
            }
        }

        return [.. stricken.Order()];
    }
}
