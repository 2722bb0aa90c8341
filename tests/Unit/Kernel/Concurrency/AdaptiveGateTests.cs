using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel.Concurrency;

public sealed class AdaptiveGateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Lets_in_as_many_as_the_limit_and_the_next_when_one_ends()
    {
        using var gate = Gate(new GateOptions { FixedLimit = 2 });
        var calls = Enter(gate, 3);
        calls.Select(static call => call.IsCompleted).ShouldBe([true, true, false]);

        (await calls[0]).Succeeded(Second, 10, null);

        calls[2].IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task High_priority_goes_before_low_and_first_come_first_served_inside_each()
    {
        using var gate = Gate(new GateOptions { FixedLimit = 1 });
        var running = await Enter(gate);
        Task<GatePermit>[] waiting = [Enter(gate, Priority.Low), Enter(gate, Priority.High), Enter(gate, Priority.Low), Enter(gate, Priority.High)];
        gate.Status.WaitingByPriority.ShouldBe([2, 0, 2]);

        var order = new List<int>();
        running.Dispose();
        for (var ended = 0; ended < waiting.Length; ended++)
        {
            var next = Array.FindIndex(waiting, call => call.IsCompleted && !order.Contains(Array.IndexOf(waiting, call)));
            order.Add(next);
            (await waiting[next]).Dispose();
        }

        order.ShouldBe([1, 3, 0, 2]);
    }

    [Fact]
    public async Task Who_has_waited_long_enough_goes_before_a_higher_priority()
    {
        using var gate = Gate(new GateOptions { FixedLimit = 1 });
        var running = await Enter(gate);
        var patient = Enter(gate, Priority.Low);
        _clock.Advance((2 * Ageing.PerLevel) + Second);
        var urgent = Enter(gate, Priority.High);

        running.Dispose();

        patient.IsCompleted.ShouldBeTrue();
        urgent.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_leaves_the_line_at_once()
    {
        using var gate = Gate(new GateOptions { FixedLimit = 1 });
        using var cancellation = new CancellationTokenSource();
        await Enter(gate);
        var waiting = gate.EnterAsync(Priority.Normal, 1, cancellation.Token);

        await cancellation.CancelAsync();

        waiting.IsCanceled.ShouldBeTrue();
        gate.Status.Waiting.ShouldBe(0);
    }

    [Fact]
    public void A_caller_that_is_cancelled_already_is_not_let_in()
    {
        using var gate = Gate(new GateOptions());

        gate.EnterAsync(Priority.Normal, 1, new CancellationToken(canceled: true)).IsCanceled.ShouldBeTrue();
        gate.Status.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Cancelling_a_large_call_at_the_head_lets_the_small_one_behind_it_in()
    {
        using var gate = Gate(new GateOptions { TokensPerMinute = 100 });
        using var cancellation = new CancellationTokenSource();
        await gate.EnterAsync(Priority.Normal, 60, CancellationToken.None);
        var large = gate.EnterAsync(Priority.Normal, 90, cancellation.Token);
        var small = gate.EnterAsync(Priority.Normal, 30, CancellationToken.None);
        small.IsCompleted.ShouldBeFalse("first come, first served: a large call must not starve");

        await cancellation.CancelAsync();

        large.IsCanceled.ShouldBeTrue();
        small.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Retry_after_holds_everybody_until_then()
    {
        using var gate = Gate(new GateOptions());
        (await Enter(gate)).RateLimited(TimeSpan.FromSeconds(7), null);
        var next = Enter(gate);
        gate.Status.PausedUntil.ShouldBe(_clock.GetUtcNow() + TimeSpan.FromSeconds(7));

        _clock.Advance(TimeSpan.FromSeconds(6.9));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        next.IsCompleted.ShouldBeTrue();
        gate.Status.PausedUntil.ShouldBeNull();
        gate.Status.RateLimited.ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_is_never_longer_than_the_options_allow()
    {
        using var gate = Gate(new GateOptions { LongestPause = TimeSpan.FromMinutes(1) });
        (await Enter(gate)).RateLimited(TimeSpan.FromDays(400), null);
        var next = Enter(gate);

        _clock.Advance(TimeSpan.FromSeconds(61));

        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Headers_hold_calls_back_before_the_first_rejection()
    {
        using var gate = Gate(new GateOptions());
        (await Enter(gate)).Succeeded(Second, 10, new ProviderLimits(60, 2, TimeSpan.FromSeconds(58), null, null, null));

        var calls = Enter(gate, 4);
        calls.Count(static call => call.IsCompleted).ShouldBe(2);
        gate.Status.RequestsPerMinute.ShouldBe(60);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        calls.Count(static call => call.IsCompleted).ShouldBe(3);
    }

    [Fact]
    public async Task Headers_about_tokens_hold_calls_back_by_their_size()
    {
        using var gate = Gate(new GateOptions());
        (await Enter(gate)).Succeeded(Second, 1, new ProviderLimits(null, null, null, 6_000, 500, TimeSpan.FromSeconds(55)));

        gate.EnterAsync(Priority.Normal, 400, CancellationToken.None).IsCompleted.ShouldBeTrue();
        gate.EnterAsync(Priority.Normal, 400, CancellationToken.None).IsCompleted.ShouldBeFalse();
        gate.Status.TokensPerMinute.ShouldBe(6_000);
    }

    [Fact]
    public async Task Tokens_that_a_call_did_not_use_are_given_back()
    {
        using var gate = Gate(new GateOptions { TokensPerMinute = 100 });
        var call = await gate.EnterAsync(Priority.Normal, 90, CancellationToken.None);
        var waiting = gate.EnterAsync(Priority.Normal, 80, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();

        call.Succeeded(Second, 10, null);

        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_call_larger_than_the_bucket_waits_for_a_full_one_and_no_longer()
    {
        using var gate = Gate(new GateOptions { TokensPerMinute = 100 });

        gate.EnterAsync(Priority.Normal, 250, CancellationToken.None).IsCompleted.ShouldBeTrue();
        var second = gate.EnterAsync(Priority.Normal, 250, CancellationToken.None);

        second.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(151));
        second.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Configured_requests_may_all_begin_at_once_and_then_at_their_pace()
    {
        using var gate = Gate(new GateOptions { RequestsPerMinute = 6, FixedLimit = 100 });
        var calls = Enter(gate, 10);
        calls.Count(static call => call.IsCompleted).ShouldBe(6);

        _clock.Advance(TimeSpan.FromSeconds(21));

        calls.Count(static call => call.IsCompleted).ShouldBe(8);
    }

    [Fact]
    public async Task A_permit_that_was_never_used_gives_back_its_place_in_the_bucket()
    {
        using var gate = Gate(new GateOptions { RequestsPerMinute = 1 });
        var unused = await Enter(gate);
        var next = Enter(gate);
        next.IsCompleted.ShouldBeFalse();

        unused.Dispose();

        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Time_outs_of_one_round_trip_halve_the_limit_once()
    {
        using var gate = Gate(new GateOptions { InitialLimit = 16 });
        var calls = Enter(gate, 16);

        foreach (var call in calls)
        {
            (await call).TimedOut();
        }

        gate.Status.Limit.ShouldBe(8);
        gate.Status.TimedOut.ShouldBe(16);
    }

    [Fact]
    public async Task A_few_failures_say_nothing_and_many_in_a_row_do()
    {
        using var gate = Gate(new GateOptions { InitialLimit = 16 });
        var calls = Enter(gate, 16);
        foreach (var call in calls.Take(4))
        {
            (await call).Failed();
        }

        gate.Status.Limit.ShouldBe(16);
        (await calls[4]).Failed();

        gate.Status.Limit.ShouldBe(8);
    }

    [Fact]
    public async Task Calls_that_are_refused_for_what_they_are_say_nothing_of_a_limit()
    {
        using var gate = Gate(new GateOptions { InitialLimit = 16 });
        foreach (var call in Enter(gate, 16))
        {
            (await call).Refused();
        }

        gate.Status.Limit.ShouldBe(16);
        gate.Status.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_first_end_of_a_permit_counts()
    {
        using var gate = Gate(new GateOptions());
        var permit = await Enter(gate);
        await Enter(gate);

        permit.Succeeded(Second, 1, null);
        permit.TimedOut();
        permit.Dispose();

        gate.Status.InFlight.ShouldBe(1);
        gate.Status.TimedOut.ShouldBe(0);
    }

    [Fact]
    public async Task The_limit_does_not_grow_while_nobody_needs_it()
    {
        using var gate = Gate(new GateOptions { InitialLimit = 4 });

        for (var call = 0; call < 50; call++)
        {
            (await Enter(gate)).Succeeded(Second, 1, null);
        }

        gate.Status.Limit.ShouldBe(4);
    }

    [Fact]
    public async Task A_rejection_is_signalled_with_what_follows_from_it()
    {
        var signals = new List<GateSignal>();
        using var gate = new AdaptiveGate(new GateOptions(), _clock, signals.Add);
        var calls = Enter(gate, 5);

        (await calls[4]).RateLimited(Second, null);
        (await calls[3]).RateLimited(Second, new ProviderLimits(60, 0, Second, null, null, null));

        signals.Select(static signal => signal.Kind).ShouldBe([GateSignalKind.TooManyInFlight, GateSignalKind.TooManyInFlight]);
        signals.Select(static signal => signal.Limit).ShouldBe([3, 2], "four and then three are taken; calls begin clearly below that");
        signals[0].PausedUntil.ShouldBeNull("fewer in flight is what it asks for, not a pause");
    }

    [Fact]
    public async Task Calls_go_on_after_a_rejection_for_the_calls_in_flight()
    {
        using var gate = Gate(new GateOptions());
        var calls = Enter(gate, 10);
        var waiting = Enter(gate, 1)[0];
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        (await calls[9]).RateLimited(TimeSpan.FromSeconds(30), null);

        foreach (var call in calls.Take(4))
        {
            (await call).Succeeded(Second, 1, null);
        }

        var next = Enter(gate);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        waiting.IsCompleted.ShouldBeTrue();
        next.IsCompleted.ShouldBeTrue();
        gate.Status.PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_rejection_clearly_below_what_was_taken_before_holds_everybody()
    {
        using var gate = Gate(new GateOptions());
        var calls = Enter(gate, 10);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        (await calls[9]).RateLimited(Second, null);
        foreach (var call in calls.Take(4))
        {
            (await call).Succeeded(Second, 1, null);
        }

        var test = Enter(gate);
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        (await test).RateLimited(TimeSpan.FromSeconds(3), null);

        gate.Status.PausedUntil.ShouldBe(_clock.GetUtcNow() + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void One_gate_serves_a_key_and_another_key_has_its_own()
    {
        using var gates = new ProviderGates(static key => new GateOptions { FixedLimit = key.Model.Length }, _clock);
        var key = new ProviderGateKey("https://models.example", "ab12", "small");

        gates.For(key).ShouldBeSameAs(gates.For(key with { }));
        gates.For(key with { Model = "larger" }).ShouldNotBeSameAs(gates.For(key));

        gates.All.Select(static entry => (entry.Key.Model, entry.Status.Limit)).ShouldBe([("larger", 6), ("small", 5)]);
    }

    private static Task<GatePermit> Enter(AdaptiveGate gate, Priority priority = Priority.Normal) => gate.EnterAsync(priority, 0, CancellationToken.None);

    private static Task<GatePermit>[] Enter(AdaptiveGate gate, int count) => [.. Enumerable.Range(0, count).Select(_ => Enter(gate))];

    private AdaptiveGate Gate(GateOptions options) => new(options, _clock);
}
