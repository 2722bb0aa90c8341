using Idp.Application.Kernel.Concurrency;

namespace Idp.Unit.Kernel.Concurrency;

/// <summary>The bars of the gate, in virtual time: what a fixed limit that knew the provider would reach, and how few calls are rejected.</summary>
public sealed class GateThroughputTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);
    private static readonly int[] Seeds = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(1, 500)]
    [InlineData(4, 500)]
    [InlineData(16, 500)]
    [InlineData(64, 1000)]
    public void Comes_near_the_best_fixed_limit_at_a_provider_that_queues(int capacity, int calls) =>
        ShouldComeNearTheBest(new ProviderBehaviour { Capacity = capacity, Queues = true }, calls, Short, Long);

    [Theory]
    [InlineData(1, 500)]
    [InlineData(4, 500)]
    [InlineData(16, 500)]
    [InlineData(64, 1000)]
    public void Comes_near_the_best_fixed_limit_at_a_provider_that_queues_and_whose_latency_has_a_long_tail(int capacity, int calls) =>
        ShouldComeNearTheBest(new ProviderBehaviour { Capacity = capacity, Queues = true, HasLongTail = true }, calls, capacity < 64 ? [Short, Long] : [Long]);

    [Theory]
    [InlineData(1, 500)]
    [InlineData(4, 500)]
    [InlineData(16, 500)]
    [InlineData(64, 1000)]
    public void Comes_near_the_best_fixed_limit_at_a_provider_that_rejects_without_a_word(int capacity, int calls) =>
        ShouldComeNearTheBest(new ProviderBehaviour { Capacity = capacity, SendsRetryAfter = false }, calls, capacity < 64 ? [Short, Long] : [Long]);

    [Theory]
    [InlineData(1, 500)]
    [InlineData(4, 500)]
    [InlineData(16, 500)]
    [InlineData(64, 1000)]
    public void Comes_near_the_best_fixed_limit_at_a_provider_that_rejects_and_asks_to_wait(int capacity, int calls) =>
        ShouldComeNearTheBest(new ProviderBehaviour { Capacity = capacity }, calls, Long);

    [Fact]
    public void Finding_a_large_capacity_costs_a_visible_share_of_a_run_of_only_sixteen_round_trips()
    {
        var large = new ProviderBehaviour { Capacity = 64, Service = Short };

        ShouldReach(0.75, large with { SendsRetryAfter = false }, 1000);
        ShouldReach(0.8, large with { Queues = true, HasLongTail = true }, 1000);
    }

    [Theory]
    [InlineData(60, 400)]
    [InlineData(600, 2000)]
    public void Comes_near_the_best_fixed_limit_at_a_rate_that_only_rejections_show(int requestsPerMinute, int calls) =>
        ShouldComeNearTheBest(new ProviderBehaviour { RequestsPerMinute = requestsPerMinute }, calls, Short, Long);

    [Theory]
    [InlineData(60, 300)]
    [InlineData(600, 3000)]
    public void Has_learned_a_rate_that_only_rejections_show_when_a_quarter_of_the_calls_is_answered(int requestsPerMinute, int calls)
    {
        var runs = Enumerable.Range(1, 40)
            .Select(seed => GateSimulation.WithGate(new ProviderBehaviour { RequestsPerMinute = requestsPerMinute, Service = Short * 1.5, Jitter = 0.33 }, calls, seed: seed))
            .ToList();

        runs.Count(run => run.RejectedAfterWarmUp <= calls * 0.0075).ShouldBe(runs.Count);
    }

    [Theory]
    [InlineData(60, 400)]
    [InlineData(600, 2000)]
    public void Is_never_rejected_where_headers_tell_the_rate(int requestsPerMinute, int calls)
    {
        var behaviour = new ProviderBehaviour { RequestsPerMinute = requestsPerMinute, SendsHeaders = true };

        ShouldComeNearTheBest(behaviour, calls, Short, Long);
        GateSimulation.WithGate(behaviour with { Service = Short }, calls).Rejected.ShouldBe(0);
        GateSimulation.WithGate(behaviour with { Service = Long }, calls).Rejected.ShouldBe(0);
    }

    [Theory]
    [InlineData(60, 75, true)]
    [InlineData(60, 75, false)]
    [InlineData(600, 750, true)]
    [InlineData(600, 750, false)]
    public void Uses_an_announced_burst_whole_whether_headers_are_of_the_start_of_a_call_or_of_its_end(int requestsPerMinute, int calls, bool isOfTheEnd)
    {
        var behaviour = new ProviderBehaviour { RequestsPerMinute = requestsPerMinute, SendsHeaders = true, SaysLimitsAtEnd = isOfTheEnd };

        ShouldComeNearTheBest(behaviour, calls, Short);
        GateSimulation.WithGate(behaviour with { Service = Short }, calls).Rejected.ShouldBe(0);
        GateSimulation.WithGate(behaviour with { Service = Long }, calls).Rejected.ShouldBe(0);
    }

    [Theory]
    [InlineData(60, 400)]
    [InlineData(600, 2000)]
    public void Keeps_a_rate_and_a_capacity_at_once(int requestsPerMinute, int calls) =>
        ShouldComeNearTheBest(new ProviderBehaviour { RequestsPerMinute = requestsPerMinute, Capacity = 16, SendsHeaders = true }, calls, Short, Long);

    [Fact]
    public void Is_as_fast_as_one_call_after_the_other_at_a_provider_that_takes_one_at_a_time()
    {
        foreach (var service in new[] { Short, Long })
        {
            var serial = new ProviderBehaviour { Capacity = 1, Queues = true, Service = service };

            var runs = Seeds.Select(seed => (Ours: GateSimulation.WithGate(serial, 500, seed: seed), Serial: GateSimulation.WithFixedLimit(serial, 500, 1, seed))).ToList();

            runs.ShouldAllBe(static run => run.Ours.Wall < run.Serial.Wall * 1.03);
            runs.Count(static run => run.Ours.LimitAtEnd <= 2).ShouldBeGreaterThan(Seeds.Length / 2, "the limit ends near what is needed, mostly");
        }
    }

    [Fact]
    public void Finds_a_capacity_that_has_grown()
    {
        var growing = new ProviderBehaviour { SendsRetryAfter = false, CapacityAt = static at => at < TimeSpan.FromSeconds(60) ? 8 : 32 };

        GateSimulation.WithGate(growing, 1500).LimitAtEnd.ShouldBeInRange(28, 36);
    }

    [Theory]
    [InlineData(true, 5, 0.9)]
    [InlineData(true, 60, 0.9)]
    [InlineData(false, 5, 0.9)]
    [InlineData(false, 60, 0.55)]
    public void Loses_little_to_storms_in_which_a_provider_refuses_everybody(bool queues, int seconds, double share)
    {
        var stormy = new ProviderBehaviour { Capacity = 16, Queues = queues, Storm = TimeSpan.FromSeconds(2), Service = TimeSpan.FromSeconds(seconds) };

        // One that refuses also what is over its capacity, and has a storm with every call, is hard to tell from one with a rate.
        Seeds.Average(seed => 1000 / 16 * stormy.Service / GateSimulation.WithGate(stormy, 1000, seed: seed).Wall).ShouldBeGreaterThan(share);
    }

    [Fact]
    public void Finds_a_capacity_that_has_shrunk()
    {
        var shrinking = new ProviderBehaviour { SendsRetryAfter = false, CapacityAt = static at => at < TimeSpan.FromSeconds(60) ? 32 : 8 };

        // 32 a round trip of five seconds for a minute, 8 from then on. Rejections of so much fewer calls than were taken a moment ago look like a rate at first.
        var possible = TimeSpan.FromSeconds(60) + ((1000 - (12 * 32)) / 8 * Long);

        Seeds.Average(seed => possible / GateSimulation.WithGate(shrinking, 1000, seed: seed).Wall).ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void Does_the_same_with_the_same_provider_every_time()
    {
        var behaviour = new ProviderBehaviour { Capacity = 16 };

        GateSimulation.WithGate(behaviour, 300).ShouldBe(GateSimulation.WithGate(behaviour, 300));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Never_has_more_in_flight_than_the_options_allow(int seed)
    {
        var behaviour = new ProviderBehaviour { Service = Short, HasLongTail = true };

        GateSimulation.WithGate(behaviour, 600, new GateOptions { MaximumLimit = 40 }, seed).MostInFlight.ShouldBeLessThanOrEqualTo(40);
        GateSimulation.WithGate(behaviour, 600, new GateOptions { FixedLimit = 5 }, seed).MostInFlight.ShouldBe(5);
    }

    private static void ShouldComeNearTheBest(ProviderBehaviour behaviour, int calls, params TimeSpan[] services)
    {
        foreach (var service in services)
        {
            ShouldReach(0.9, behaviour with { Service = service }, calls);
        }
    }

    /// <summary>The mean over several sequences of chance: one alone can be lucky.</summary>
    private static void ShouldReach(double share, ProviderBehaviour provider, int calls)
    {
        var runs = Seeds.Select(seed => (Best: GateSimulation.BestFixed(provider, calls, seed), Ours: GateSimulation.WithGate(provider, calls, seed: seed))).ToList();

        runs.Average(static run => run.Best.Wall / run.Ours.Wall).ShouldBeGreaterThanOrEqualTo(share, $"{provider}");

        // One call in a hundred of the three quarters after the warm-up.
        runs.Average(static run => run.Ours.RejectedLate).ShouldBeLessThanOrEqualTo(calls * 0.0075, $"{provider}");
    }
}
