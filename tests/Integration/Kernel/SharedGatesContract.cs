using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Integration.Kernel;

/// <summary>What every place for shared gates promises, and that gates of several nodes keep their limits there.</summary>
public abstract class SharedGatesContract
{
    private static readonly ProviderGateKey Key = new("https://models.example", "ab12", "small");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The gates as a node of this name sees them; told of what other nodes tell.</summary>
    protected abstract Task<ISharedGates> AtAsync(string node);

    [Fact]
    public async Task There_is_nothing_at_first_and_then_what_the_last_change_left()
    {
        var (a, b) = (await AtAsync("a"), await AtAsync("b"));
        string? first = "none was asked for", second = null;

        await a.ChangeAsync(Key, (state, _) => Change(first = state, "kept"), Ct);
        await b.ChangeAsync(Key, (state, _) => Change(second = state, "later"), Ct);

        first.ShouldBeNull();
        second.ShouldBe("kept");
    }

    [Fact]
    public async Task Gates_do_not_know_of_each_other()
    {
        var a = await AtAsync("a");
        string? other = "none was asked for";
        await a.ChangeAsync(Key, static (_, _) => Change(null, "kept"), Ct);

        await a.ChangeAsync(Key with { KeyHash = "cd34" }, (state, _) => Change(other = state, "x"), Ct);

        other.ShouldBeNull();
    }

    [Fact]
    public async Task Changes_of_several_nodes_happen_one_after_the_other_and_time_never_goes_back()
    {
        var nodes = new[] { await AtAsync("a"), await AtAsync("b") };
        var times = new List<TimeSpan>();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => nodes[number % 2].ChangeAsync(
            Key,
            (state, now) =>
            {
                lock (times)
                {
                    times.Add(now);
                }

                return Change(null, state + "x");
            },
            Ct)));

        string? all = null;
        await nodes[0].ChangeAsync(Key, (state, _) => Change(all = state, "x"), Ct);
        all!.Length.ShouldBe(40);
        times.ShouldBe(times.Order());
    }

    [Fact]
    public async Task A_change_that_fails_leaves_everything_as_it_was()
    {
        var a = await AtAsync("a");
        await a.ChangeAsync(Key, static (_, _) => Change(null, "kept"), Ct);

        await Should.ThrowAsync<InvalidOperationException>(() => a.ChangeAsync(Key, static (_, _) => throw new InvalidOperationException("Refused."), Ct));

        string? left = null;
        await a.ChangeAsync(Key, (state, _) => Change(left = state, "x"), Ct);
        left.ShouldBe("kept");
    }

    [Fact]
    public async Task Nodes_hear_that_they_may_begin_calls()
    {
        var (a, b) = (await AtAsync("a"), await AtAsync("b"));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        b.Told += () => told.TrySetResult();

        await a.ChangeAsync(Key, static (_, _) => new SharedGateChange("x", TellsOthers: true), Ct);

        await told.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task Nodes_never_have_more_calls_in_flight_together_than_the_limit_and_all_are_served()
    {
        const int Limit = 3;
        using var a = new SharedGate(Key, new GateOptions { FixedLimit = Limit }, await AtAsync("a"), TimeProvider.System);
        using var b = new SharedGate(Key, new GateOptions { FixedLimit = Limit }, await AtAsync("b"), TimeProvider.System);
        var (inFlight, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async number =>
        {
            using var permit = await (number % 2 == 0 ? a : b).EnterAsync(Priority.Normal, 0, Ct);
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inFlight);
            permit.Succeeded(TimeSpan.FromMilliseconds(1), 0, null);
        }));

        most.ShouldBeLessThanOrEqualTo(Limit);
        (a.Status.Started, b.Status.Started).ShouldBe((30, 30));
    }

    [Fact]
    public async Task A_bucket_that_nodes_share_is_emptied_once()
    {
        var options = new GateOptions { RequestsPerMinute = 5 };
        using var a = new SharedGate(Key, options, await AtAsync("a"), TimeProvider.System);
        using var b = new SharedGate(Key, options, await AtAsync("b"), TimeProvider.System);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var began = TimeProvider.System.GetTimestamp();

        var calls = Enumerable.Range(0, 12).Select(number => (number % 2 == 0 ? a : b).EnterAsync(Priority.Normal, 0, cancellation.Token)).ToList();
        while (a.Status.Started + b.Status.Started < 5 || a.Status.Elsewhere!.Waiting + b.Status.Elsewhere!.Waiting == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }

        // Twelve seconds bring the next one.
        var ranIn = (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds / 12);
        calls.Count(static call => call.IsCompleted).ShouldBeLessThanOrEqualTo(5 + ranIn);
        await cancellation.CancelAsync();
    }

    private static SharedGateChange Change(string? read, string next)
    {
        _ = read;
        return new SharedGateChange(next, TellsOthers: false);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
