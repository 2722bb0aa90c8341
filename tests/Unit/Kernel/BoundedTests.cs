using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Concurrency;

namespace Idp.Unit.Kernel;

public sealed class BoundedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_keep_the_order_of_the_items()
    {
        var items = Enumerable.Range(0, 100).ToList();

        var results = await Bounded.MapAsync(
            items,
            7,
            async (item, _) =>
            {
                await Task.Yield();
                return item * 2;
            },
            Ct);

        results.ShouldBe(items.Select(item => item * 2));
    }

    [Fact]
    public void Never_more_are_in_flight_than_allowed() => Prop.ForAll(
        Gen.Choose(1, 9).ToArbitrary(), async bound =>
        {
            var (inFlight, most) = (0, 0);
            await Bounded.MapAsync(
                Enumerable.Range(0, 40).ToList(),
                bound,
                async (_, _) =>
                {
                    var now = Interlocked.Increment(ref inFlight);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref inFlight);
                    return now;
                },
                Ct);
            return most <= bound;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task As_many_are_in_flight_as_allowed()
    {
        var all = new TaskCompletionSource();
        var inFlight = 0;

        await Bounded.MapAsync(
            Enumerable.Range(0, 5).ToList(),
            5,
            async (item, _) =>
            {
                if (Interlocked.Increment(ref inFlight) == 5)
                {
                    all.SetResult();
                }

                await all.Task;
                return item;
            },
            Ct);

        inFlight.ShouldBe(5);
    }

    [Fact]
    public async Task The_first_exception_cancels_the_rest_and_is_thrown()
    {
        var waits = new TaskCompletionSource();
        var wasCancelled = false;

        await Should.ThrowAsync<InvalidOperationException>(() => Bounded.MapAsync(
            [1, 2],
            2,
            async (item, ct) =>
            {
                if (item == 1)
                {
                    await waits.Task;
                    throw new InvalidOperationException("a bug");
                }

                waits.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct)
                    .ContinueWith(delay => wasCancelled = delay.IsCanceled, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return item;
            },
            Ct));

        wasCancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancellation_passes_through() => await Should.ThrowAsync<OperationCanceledException>(
        () => Bounded.MapAsync([1], 1, (item, _) => Task.FromResult(item), new CancellationToken(canceled: true)));

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
