using Idp.Infrastructure.Kernel.Work;

namespace Idp.Unit.Kernel;

public sealed class WorkSignalTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _clock = new();
    private readonly WorkSignal _signal;

    public WorkSignalTests() => _signal = new WorkSignal(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_before_the_wait_is_not_lost()
    {
        _signal.Raise();

        await _signal.WaitAsync(Long, Ct);
    }

    [Fact]
    public async Task A_signal_of_one_pool_is_not_lost_to_a_waiter_of_another()
    {
        var other = _signal.WaitAsync("other", Long, Ct);

        _signal.Raise("pool");

        await _signal.WaitAsync("pool", Long, Ct);
        await _signal.WaitAsync(Long, Ct);
        other.IsCompleted.ShouldBeFalse();
        _signal.Raise();
        await other;
    }

    [Fact]
    public async Task Each_signal_wakes_one_waiter()
    {
        Task[] waiting = [_signal.WaitAsync(Long, Ct), _signal.WaitAsync(Long, Ct)];

        _signal.Raise();

        var woken = await Task.WhenAny(waiting);
        waiting.Single(wait => wait != woken).IsCompleted.ShouldBeFalse();
        _signal.Raise();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Any_number_of_signals_that_nobody_waits_for_does_no_harm()
    {
        for (var index = 0; index < 10_000; index++)
        {
            _signal.Raise();
        }

        await _signal.WaitAsync(Long, Ct);
    }

    [Fact]
    public async Task Without_a_signal_the_wait_ends_with_its_time()
    {
        var waiting = _signal.WaitAsync(TimeSpan.FromSeconds(2), Ct);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        waiting.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await waiting;
        _clock.TimersSet.ShouldBe(0);
    }

    public void Dispose() => _signal.Dispose();
}
