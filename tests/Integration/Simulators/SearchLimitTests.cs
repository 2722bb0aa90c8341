using System.Net;
using System.Text.Json;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class SearchLimitTests : SearchSimulatorTest
{
    [Theory]
    [InlineData(Fault.Forbidden, 403)]
    [InlineData(Fault.RateLimited, 429)]
    [InlineData(Fault.PlanLimit, 432)]
    [InlineData(Fault.SpendLimit, 433)]
    [InlineData(Fault.ServerError, 500)]
    [InlineData(Fault.BadGateway, 502)]
    [InlineData(Fault.Unavailable, 503)]
    public async Task A_fault_has_its_status_in_the_providers_own_form_and_is_not_billed(Fault fault, int status)
    {
        await StartAsync();
        Provider.Script(fault);

        var reply = await SearchAsync(Query());

        ((int)reply.Status).ShouldBe(status);
        reply.Error.ShouldNotBeEmpty();
        (Provider.Bill.Completed, Provider.Bill.Money).ShouldBe((0, 0m));
        (await SearchAsync(Query())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_key_nobody_enters()
    {
        await StartAsync();
        (await SearchAsync(Query(), key: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SearchAsync(Query(), key: "any")).Status.ShouldBe(HttpStatusCode.OK);

        Provider.Change(options => options with { ApiKeys = ["right"] });
        (await SearchAsync(Query(), key: "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SearchAsync(Query(), key: "right")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_above_the_limit_are_told_when_to_come_again()
    {
        await StartAsync(new() { RateLimit = new() { RequestsPerMinute = 2 } });
        await SearchAsync(Query());
        await SearchAsync(Query());

        var refused = await SearchAsync(Query());

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers["Retry-After"].ShouldBe("30");
        refused.Headers.Keys.ShouldNotContain("x-ratelimit-limit-requests");
        Clock.Advance(TimeSpan.FromSeconds(30));
        (await SearchAsync(Query())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_storm_refuses_everybody_until_it_is_over_and_comes_again()
    {
        await StartAsync(new() { RateLimit = new() { StormEverySeconds = 60, StormSeconds = 10 } });
        (await SearchAsync(Query())).Status.ShouldBe(HttpStatusCode.OK);

        Clock.Advance(TimeSpan.FromSeconds(64));
        var refused = await SearchAsync(Query());
        (refused.Status, refused.Headers["Retry-After"]).ShouldBe((HttpStatusCode.TooManyRequests, "6"));

        Clock.Advance(TimeSpan.FromSeconds(6));
        (await SearchAsync(Query())).Status.ShouldBe(HttpStatusCode.OK);
        Clock.Advance(TimeSpan.FromSeconds(50));
        (await SearchAsync(Query())).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData(2, 0, 432)]
    [InlineData(1, 1, 433)]
    public async Task When_the_credits_are_used_up_nothing_is_found_any_more(int plan, int payAsYouGo, int status)
    {
        await StartAsync(new() { Credits = new() { Plan = plan, PayAsYouGo = payAsYouGo } });
        await SearchAsync(Query());
        (await SearchAsync(Query(parameters: ("search_depth", "advanced")))).Status.ShouldBe((HttpStatusCode)status);
        (await SearchAsync(Query())).Status.ShouldBe(HttpStatusCode.OK);

        ((int)(await SearchAsync(Query())).Status).ShouldBe(status);
        Provider.Bill.Credits.ShouldBe(2);
    }

    [Theory]
    [InlineData(Fault.DropBeforeWork, 0)]
    [InlineData(Fault.DropAfterBilling, 1)]
    public async Task A_cut_connection_is_billed_if_the_results_were_ready(Fault fault, int credits)
    {
        await StartAsync();
        Provider.Script(fault);

        await Should.ThrowAsync<HttpRequestException>(() => SearchAsync(Query()));

        Provider.Bill.Credits.ShouldBe(credits);
    }

    [Fact]
    public async Task Results_can_be_no_json()
    {
        await StartAsync();
        Provider.Script(Fault.MalformedJson);

        var reply = await SearchAsync(Query());

        Should.Throw<JsonException>(() => reply.Json);
    }

    [Fact]
    public async Task The_same_search_after_its_results_arrived_is_a_duplicate()
    {
        await StartAsync();
        Provider.Script(Fault.DropAfterBilling);
        await Should.ThrowAsync<HttpRequestException>(() => SearchAsync(Query()));

        await SearchAsync(Query());
        await SimulatorTest.UntilAsync(() => Provider.Bill.Delivered == 1);
        await SearchAsync(Query());
        await SearchAsync(Query(parameters: ("search_depth", "advanced")));

        (Provider.Bill.Duplicates, Provider.Bill.DuplicatesOfDelivered, Provider.Bill.Credits).ShouldBe((2, 1, 5));
        Provider.Requests.Select(request => (request.Query, request.Model, request.Credits)).Last().ShouldBe(("\"Alderbrook Labs\" GPU demand", "advanced", 2));
    }

    [Fact]
    public async Task Searches_above_the_capacity_wait_their_turn()
    {
        await StartAsync(new() { Capacity = new() { AtOnce = 1 }, Latency = new() { FixedMilliseconds = 100 } });
        var searches = Enumerable.Range(0, 3).Select(number => SearchAsync(Query($"\"Company {number}\""))).ToList();
        await SimulatorTest.UntilAsync(() => Provider.Bill.MostWaiting == 2);

        for (var done = 1; done <= 3; done++)
        {
            await SimulatorTest.UntilAsync(() => Clock.TimersSet == 1);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await SimulatorTest.UntilAsync(() => Provider.Bill.Completed == done);
        }

        (await Task.WhenAll(searches)).ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        Provider.Bill.MostAtOnce.ShouldBe(1);
    }
}
