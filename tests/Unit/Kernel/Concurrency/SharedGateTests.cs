using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel.Concurrency;

public sealed class SharedGateTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ProviderGateKey Key = new("https://models.example", "ab12", "small");

    private readonly ManualTimeProvider _clock = new();
    private readonly InMemorySharedGates _shared;
    private readonly List<SharedGate> _gates = [];

    public SharedGateTests() => _shared = new InMemorySharedGates(_clock);

    public void Dispose() => _gates.ForEach(static gate => gate.Dispose());

    [Fact]
    public void Two_nodes_together_have_as_many_calls_in_flight_as_the_limit()
    {
        var (a, b) = Two(new GateOptions { FixedLimit = 3 });

        var calls = Enter(a, 2).Concat(Enter(b, 2)).ToList();

        calls.Count(static call => call.IsCompleted).ShouldBe(3);
        b.Status.Limit.ShouldBe(3);
        b.Status.InFlight.ShouldBe(1);
        b.Status.Elsewhere.ShouldBe(new GateElsewhere(1, 2, 0));
    }

    [Fact]
    public async Task A_call_that_ends_on_one_node_makes_room_on_the_other_at_once()
    {
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        var running = await Enter(a);
        var waiting = Enter(b);

        End(running);

        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Room_is_found_by_the_clock_where_notices_are_lost()
    {
        _shared.LosesNotices = true;
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        var running = await Enter(a);
        var waiting = Enter(b);
        End(running);
        waiting.IsCompleted.ShouldBeFalse();

        _clock.Advance(2 * Second);

        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Nodes_take_turns_when_there_is_room_for_one()
    {
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        List<(string Node, Task<GatePermit> Entry)> line = [.. Enter(a, 4).Select(static call => ("a", call)), .. Enter(b, 4).Select(static call => ("b", call))];

        var order = new List<string>();
        while (line.Count > 0)
        {
            var (node, entry) = line.Single(static call => call.Entry.IsCompleted);
            line.Remove((node, entry));
            order.Add(node);
            End(await entry);
        }

        string.Concat(order).ShouldBe("abababab");
    }

    [Fact]
    public void Two_nodes_together_begin_as_many_calls_a_minute_as_one_may()
    {
        var (a, b) = Two(new GateOptions { RequestsPerMinute = 4 });

        var calls = Enter(a, 3).Concat(Enter(b, 3)).ToList();

        calls.Count(static call => call.IsCompleted).ShouldBe(4);
        _clock.Advance(14 * Second);
        calls.Count(static call => call.IsCompleted).ShouldBe(4);
        _clock.Advance(3 * Second);
        calls.Count(static call => call.IsCompleted).ShouldBe(5);
        _clock.Advance(15 * Second);
        calls.Count(static call => call.IsCompleted).ShouldBe(6);
    }

    [Fact]
    public void A_large_call_of_one_node_is_not_overtaken_for_ever_by_small_ones_of_another()
    {
        var (a, b) = Two(new GateOptions { TokensPerMinute = 600, FixedLimit = 200 });
        var small = Enter(a, 100, tokens: 20);
        var large = Enter(b, 1, tokens: 500)[0];

        _clock.Advance(120 * Second);

        large.IsCompleted.ShouldBeTrue();
        small.Count(static call => call.IsCompleted).ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task What_a_rejection_on_one_node_shows_the_other_keeps_without_one_of_its_own()
    {
        var (a, b) = Two(new GateOptions());
        var ofA = await Task.WhenAll(Enter(a, 4));
        var ofB = await Task.WhenAll(Enter(b, 4));

        var signal = ofA[0].RateLimited(TimeSpan.FromSeconds(20), new ProviderLimits(100, 0, TimeSpan.FromMinutes(1), null, null, null));
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        var waiting = Enter(b);

        signal!.Kind.ShouldBe(GateSignalKind.TooFast);
        signal.PausedUntil.ShouldNotBeNull();
        _clock.Advance(19 * Second);
        waiting.IsCompleted.ShouldBeFalse();
        b.Status.RequestsPerMinute.ShouldBe(100);
        _clock.Advance(2 * Second);
        waiting.IsCompleted.ShouldBeTrue();
        ofB.ShouldAllBe(static permit => permit != null);
    }

    [Fact]
    public async Task A_limit_that_one_node_learned_holds_for_a_node_that_comes_later()
    {
        var a = Gate("a", new GateOptions());
        var calls = await Task.WhenAll(Enter(a, 8));
        Array.ForEach(calls[4..], static permit => permit.RateLimited(null, null));
        _clock.Advance(Second);

        var b = Gate("b", new GateOptions());
        var begun = Enter(b, 8).Count(static call => call.IsCompleted);

        begun.ShouldBe(0);
        b.Status.Limit.ShouldBeLessThanOrEqualTo(4);
        b.Status.Elsewhere!.InFlight.ShouldBe(4);
    }

    [Fact]
    public async Task Calls_of_a_node_that_dies_count_until_its_lease_runs_out()
    {
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        await Enter(a);
        a.Dispose();
        var waiting = Enter(b);

        _clock.Advance(SharedGateState.Lease - Second);
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(3 * Second);

        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Calls_of_a_node_that_is_known_to_be_gone_count_no_more()
    {
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        await Enter(a);
        a.Dispose();
        _shared.DeclareGone("a");
        var waiting = Enter(b);

        _clock.Advance(SharedGateState.Patience + (2 * Second));

        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_node_that_dies_while_it_waits_does_not_hold_up_the_others()
    {
        var (a, b) = Two(new GateOptions { RequestsPerMinute = 1 });
        Enter(a, 2);
        var waiting = Enter(b, 2);
        a.Dispose();

        _clock.Advance(TimeSpan.FromMinutes(3));

        waiting.ShouldAllBe(static call => call.IsCompleted);
    }

    [Fact]
    public async Task A_long_call_counts_as_long_as_its_node_lives()
    {
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        await Enter(a);
        var waiting = Enter(b);

        _clock.Advance(TimeSpan.FromMinutes(10));

        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Without_the_store_calls_in_flight_end_and_new_ones_wait()
    {
        var a = Gate("a", new GateOptions { FixedLimit = 2 });
        var running = await Task.WhenAll(Enter(a, 2));
        _shared.CutOff("a");

        Array.ForEach(running, End);
        var waiting = Enter(a, 2);
        _clock.Advance(30 * Second);

        a.Status.InFlight.ShouldBe(0);
        waiting.ShouldAllBe(static call => !call.IsCompleted);
        _shared.Reconnect("a");
        _clock.Advance(2 * Second);
        waiting.ShouldAllBe(static call => call.IsCompleted);
        _shared.StateOf(Key, new GateOptions { FixedLimit = 2 }).InFlight.ShouldBe(2);
    }

    [Fact]
    public async Task A_word_that_was_taken_in_without_an_answer_is_not_taken_in_twice()
    {
        var options = new GateOptions { FixedLimit = 2, TokensPerMinute = 1_000 };
        var a = Gate("a", options);
        var running = await Task.WhenAll(Enter(a, 2, tokens: 100));

        _shared.SilentChanges = 1;
        running[0].Succeeded(Second, 150, null);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        _clock.Advance(2 * Second);

        var state = _shared.StateOf(Key, options);
        state.InFlight.ShouldBe(1);
        state.Learning.Pace.Tokens!.Level.ShouldBeInRange(1_000 - 250, 1_000 - 249);
    }

    [Fact]
    public async Task A_grant_whose_answer_was_lost_leaves_no_call_in_flight()
    {
        var options = new GateOptions { FixedLimit = 1 };
        var a = Gate("a", options);
        _shared.SilentChanges = 1;

        var waiting = Enter(a);
        _clock.Advance(2 * Second);

        End(await waiting);
        _shared.StateOf(Key, options).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Who_leaves_the_line_is_not_waited_for()
    {
        using var cancellation = new CancellationTokenSource();
        var (a, b) = Two(new GateOptions { FixedLimit = 1 });
        var running = await Enter(a);
        var leaving = b.EnterAsync(Priority.Normal, 0, cancellation.Token);
        var waiting = Enter(a);

        await cancellation.CancelAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        End(running);

        leaving.IsCanceled.ShouldBeTrue();
        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task High_priority_goes_first_on_a_node()
    {
        var a = Gate("a", new GateOptions { FixedLimit = 1 });
        var running = await Enter(a);
        var low = a.EnterAsync(Priority.Low, 0, CancellationToken.None);
        var high = a.EnterAsync(Priority.High, 0, CancellationToken.None);

        End(running);

        (high.IsCompleted, low.IsCompleted).ShouldBe((true, false));
    }

    [Fact]
    public void A_bucket_keeps_what_is_left_when_a_node_starts_with_other_settings()
    {
        Enter(Gate("a", new GateOptions { RequestsPerMinute = 10 }), 8);

        Enter(Gate("b", new GateOptions { RequestsPerMinute = 20 }), 5).Count(static call => call.IsCompleted).ShouldBe(2);
    }

    [Fact]
    public void A_state_of_another_version_begins_anew_with_empty_buckets()
    {
        var state = SharedGateState.Read("""{"Format":7}""", new GateOptions { RequestsPerMinute = 10 }, TimeSpan.FromDays(1));

        state.Learning.Pace.Requests!.LevelAt(TimeSpan.FromDays(1)).ShouldBe(0);
    }

    [Theory]
    [InlineData(30, 10)]
    [InlineData(-30, 9)]
    [InlineData(-3600, 0)]
    public void A_clock_that_is_set_back_does_not_stop_the_buckets_for_long(int seconds, int left)
    {
        var options = new GateOptions { RequestsPerMinute = 10 };
        var then = TimeSpan.FromDays(20_000);
        var (state, _) = SharedGateState.Read(null, options, then).Answer(new GateRequest("a", 0, [], 0, [5], 1), then, static _ => false);
        var now = then + TimeSpan.FromSeconds(seconds);

        var read = SharedGateState.Read(state.Print(), options, now);

        read.Learning.Pace.Requests!.LevelAt(now).ShouldBe(left);
    }

    [Fact]
    public void Many_callers_cost_few_words()
    {
        var a = Gate("a", new GateOptions { MaximumLimit = 200, InitialLimit = 200 });
        var calls = Enter(a, 200);
        _clock.Advance(Second);

        calls.ShouldAllBe(static call => call.IsCompleted);
        _shared.Changes.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void Gates_of_one_process_are_its_own_where_nothing_is_shared()
    {
        using var alone = new ProviderGates(static _ => new GateOptions(), _clock);
        using var together = new ProviderGates(static _ => new GateOptions(), _clock, shared: _shared.At("a"));

        alone.For(Key).ShouldBeOfType<AdaptiveGate>();
        together.For(Key).ShouldBeOfType<SharedGate>();
    }

    private (SharedGate A, SharedGate B) Two(GateOptions options) => (Gate("a", options), Gate("b", options));

    private SharedGate Gate(string node, GateOptions options)
    {
        var gate = new SharedGate(Key, options, _shared.At(node), _clock);
        _gates.Add(gate);
        return gate;
    }

    private List<Task<GatePermit>> Enter(SharedGate gate, int count, int tokens = 0)
    {
        var calls = Enumerable.Range(0, count).Select(_ => gate.EnterAsync(Priority.Normal, tokens, CancellationToken.None)).ToList();
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        return calls;
    }

    private Task<GatePermit> Enter(SharedGate gate) => Enter(gate, 1)[0];

    private void End(GatePermit permit)
    {
        permit.Succeeded(Second, 0, null);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
    }
}
