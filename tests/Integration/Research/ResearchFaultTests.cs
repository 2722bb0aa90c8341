using Idp.Simulators.Options;

namespace Idp.Integration.Research;

public sealed class ResearchFaultTests
{
    private static readonly SimulatorOptions Faultless = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_company_gets_its_result_whatever_the_providers_do_and_the_shown_cost_is_the_bill()
    {
        const int Companies = 40;
        await using var service = await ResearchService.StartAsync(
            Faultless with { Faults = new() { ServerError = 0.05, RateLimited = 0.1, MalformedJson = 0 } },
            Faultless with { Faults = new() { TooLarge = 0.1, ServerError = 0.05, RateLimited = 0.1, MissingUsage = 0 } }, Ct);

        var job = await service.EndAsync((await service.StartJobAsync(Companies, Ct)).GetProperty("id").GetString()!, Ct);

        (job.GetProperty("status").GetString(), ResearchService.CountOf(job, "completed")).ShouldBe(("completed", Companies), job.ToString());
        ResearchService.CostOf(job).ShouldBe(service.Billed);
        job.GetProperty("cost").GetProperty("search_credits").GetInt64().ShouldBe(service.Search.Bill.Credits);
        job.GetProperty("cost").GetProperty("tokens").GetInt64().ShouldBe(service.Model.Bill.PromptTokens + service.Model.Bill.CompletionTokens);
        (service.Search.Bill.Duplicates, service.Model.Bill.Duplicates).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Quotes_and_sources_that_a_model_invents_are_marked()
    {
        await using var service = await ResearchService.StartAsync(Faultless, Faultless with { Faults = new() { WrongQuote = 1, UnsentSource = 1 } }, Ct);
        var id = (await service.StartJobAsync(6, Ct)).GetProperty("id").GetString()!;
        await service.EndAsync(id, Ct);

        var results = await service.Process.GetAsync($"/v1/research/{id}/results", Ct);

        var reasons = results.GetProperty("items").EnumerateArray().SelectMany(item => item.GetProperty("reasons").EnumerateArray()).ToList();
        reasons.ShouldContain(reason => !reason.GetProperty("supported").GetBoolean());
    }

    [Fact]
    public async Task A_spent_plan_stops_the_job_with_its_reason_and_the_rest_can_be_run_again()
    {
        const int Companies = 12, Plan = 4;
        await using var service = await ResearchService.StartAsync(Faultless with { Credits = new() { Plan = Plan } }, Faultless, Ct, ("TAVILY_CONCURRENCY", "2"));
        var id = (await service.StartJobAsync(Companies, Ct)).GetProperty("id").GetString()!;

        var stopped = await service.EndAsync(id, Ct);

        (stopped.GetProperty("status").GetString(), stopped.GetProperty("problems")[0].GetProperty("code").GetString()).ShouldBe(("partial", "search.plan-limit"));
        (ResearchService.CountOf(stopped, "completed"), ResearchService.CountOf(stopped, "failed")).ShouldBe((Plan, Companies - Plan));
        service.Search.Bill.Received.ShouldBeLessThanOrEqualTo(Plan + 4);

        service.Search.Change(options => options with { Credits = new() });
        await service.PostAsync($"/v1/research/{id}/retry-failed", Ct);
        var ended = await service.EndAsync(id, Ct);

        (ended.GetProperty("status").GetString(), ended.GetProperty("problems").GetArrayLength()).ShouldBe(("completed", 0));
        ResearchService.CostOf(ended).ShouldBe(service.Billed);
        (service.Search.Bill.Credits, service.Model.Bill.Duplicates).ShouldBe((Companies, 0));
    }

    [Fact]
    public async Task A_budget_ends_the_job_as_partial_below_its_cap()
    {
        const decimal Cap = 0.05m;
        await using var service = await ResearchService.StartAsync(Faultless, Faultless, Ct, ("TAVILY_CONCURRENCY", "2"));

        var job = await service.EndAsync((await service.StartJobAsync(20, Ct, Cap)).GetProperty("id").GetString()!, Ct);

        (job.GetProperty("status").GetString(), job.GetProperty("problems")[0].GetProperty("code").GetString()).ShouldBe(("partial", "budget_exhausted"));
        service.Billed.ShouldBeLessThanOrEqualTo(Cap);
        ResearchService.CostOf(job).ShouldBe(service.Billed);
    }

    [Fact]
    public async Task Cancelling_makes_no_new_call()
    {
        await using var service = await ResearchService.StartAsync(
            Faultless with { Latency = new() { FixedMilliseconds = 300 } }, Faultless with { Latency = new() { FixedMilliseconds = 500 } }, Ct, ("TAVILY_CONCURRENCY", "5"), ("BATCH_SIZE", "5"));
        var id = (await service.StartJobAsync(60, Ct)).GetProperty("id").GetString()!;
        while (service.Model.Bill.Received < 5)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }

        var cancelled = await service.PostAsync($"/v1/research/{id}/cancel", Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);
        var received = service.Search.Bill.Received + service.Model.Bill.Received;
        await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, Ct);

        cancelled.GetProperty("status").GetString().ShouldBe("cancelled");
        (service.Search.Bill.Received + service.Model.Bill.Received).ShouldBe(received);
        ResearchService.CountOf(await service.JobAsync(id, Ct), "cancelled").ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task A_service_killed_twice_in_the_middle_repeats_no_completed_call_and_shows_at_least_the_bill()
    {
        const int Companies = 30;
        await using var service = await ResearchService.StartAsync(
            Faultless with { Latency = new() { FixedMilliseconds = 150 }, Billing = new() { Abandoned = AbandonedRequests.Finished } },
            Faultless with { Latency = new() { FixedMilliseconds = 300 }, Billing = new() { Abandoned = AbandonedRequests.Finished } }, Ct, ("TAVILY_CONCURRENCY", "4"), ("BATCH_SIZE", "4"));
        var id = (await service.StartJobAsync(Companies, Ct)).GetProperty("id").GetString()!;

        foreach (var kill in (int[])[8, 20])
        {
            while (service.Model.Bill.Received < kill)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
            }

            await service.Process.KillAsync(Ct);
            await service.Process.StartAsync(Ct);
        }

        var job = await service.EndAsync(id, Ct);

        // What was in flight at a kill may be asked again; what the service had read is not.
        (job.GetProperty("status").GetString(), ResearchService.CountOf(job, "completed")).ShouldBe(("completed", Companies), job.ToString());
        service.Search.Bill.Duplicates.ShouldBeLessThanOrEqualTo(2 * 4);
        service.Model.Bill.Duplicates.ShouldBeLessThanOrEqualTo(2 * 4);
        ResearchService.CostOf(job).ShouldBeGreaterThanOrEqualTo(service.Billed);
    }

    [Fact]
    public async Task One_after_the_other_is_one_after_the_other()
    {
        await using var service = await ResearchService.StartAsync(
            Faultless with { Latency = new() { FixedMilliseconds = 20 } }, Faultless with { Latency = new() { FixedMilliseconds = 20 } }, Ct, ("ENABLE_BATCH_PROCESSING", "false"));

        var job = await service.EndAsync((await service.StartJobAsync(5, Ct)).GetProperty("id").GetString()!, Ct);

        ResearchService.CountOf(job, "completed").ShouldBe(5);
        (service.Search.Bill.MostAtOnce, service.Model.Bill.MostAtOnce).ShouldBe((1, 1));
    }
}
