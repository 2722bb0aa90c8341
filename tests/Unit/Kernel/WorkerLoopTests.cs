using Idp.Application.Kernel;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Documents;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Kernel;

public sealed class WorkerLoopTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryDocuments _queue;

    public WorkerLoopTests() => _queue = new InMemoryDocuments(_clock);

    [Fact]
    public async Task It_never_has_more_in_hand_than_allowed_and_gets_everything_done()
    {
        const int Items = 30, AtOnce = 3;
        await GivenWorkAsync(Items);
        var handler = new CountingHandler(_queue, Items);

        await RunUntilAsync(handler.AllDone, AtOnce, handler);

        handler.Handled.ShouldBe(Items);
        handler.MostAtOnce.ShouldBeInRange(1, AtOnce);
    }

    [Fact]
    public async Task A_handler_that_throws_does_not_end_the_loop()
    {
        await GivenWorkAsync(2);
        var handler = new CountingHandler(_queue, 2) { ThrowsFirst = true };

        await RunUntilAsync(handler.AllDone, 1, handler);

        handler.Handled.ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_gives_work_in_hand_back()
    {
        await GivenWorkAsync(1);
        var handler = new WaitingHandler();

        await RunUntilAsync(handler.Started, 1, handler);

        (await _queue.ClaimAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Work_goes_on_while_the_store_is_away_and_its_lease_cannot_be_renewed()
    {
        await GivenWorkAsync(1);
        var item = (await _queue.ClaimAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).ShouldNotBeNull();
        using var asked = new SemaphoreSlim(0);
        var queue = Substitute.For<IWorkQueue>();
        queue.ClaimAsync(WorkPools.Documents, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(item, (WorkItem?)null);
        queue.WaitForWorkAsync(WorkPools.Documents, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Arg<CancellationToken>()));
        queue.RenewAsync(default, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Task.FromException<bool>(new StoreUnavailableException("away", new IOException())))
            .AndDoes(_ => asked.Release());
        var handler = new WaitingHandler();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var settings = new WorkerLoopSettings(2);
        var run = new WorkerLoop(queue, [handler], new RunningWork(), settings, _clock, NullLogger<WorkerLoop>.Instance).RunAsync(stop.Token);
        await handler.Started;

        // That it is asked a second time tells that the first failure was not the end.
        _clock.Advance(settings.Lease / 3);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(settings.Lease / 3);
        await asked.WaitAsync(TestContext.Current.CancellationToken);

        handler.Token.IsCancellationRequested.ShouldBeFalse();
        await stop.CancelAsync();
        await run;
    }

    private async Task GivenWorkAsync(int count)
    {
        for (var index = 0; index < count; index++)
        {
            var document = SampleDocuments.Queued(_clock);
            await _queue.AddAsync(
                document,
                new WorkItem(StrongId.New<WorkItemId>(_clock), document.Id.ToString(), "step", Priority.Normal, _clock.GetUtcNow(), _clock.GetUtcNow(), 0),
                [], TestContext.Current.CancellationToken);
        }
    }

    private async Task RunUntilAsync(Task signal, int atOnce, IWorkHandler handler)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var loop = new WorkerLoop(_queue, [handler], new RunningWork(), new WorkerLoopSettings(atOnce), _clock, NullLogger<WorkerLoop>.Instance);
        var run = loop.RunAsync(stop.Token);
        await signal.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await run;
    }

    private sealed class CountingHandler(IWorkQueue queue, int expected) : IWorkHandler
    {
        private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inHand;
        private int _handled;
        private int _calls;

        public bool ThrowsFirst { get; init; }

        public int Handled => _handled;

        public int MostAtOnce { get; private set; }

        public Task AllDone => _allDone.Task;

        public bool Handles(WorkItem item) => true;

        public async Task HandleAsync(WorkItem item, CancellationToken ct)
        {
            var inHand = Interlocked.Increment(ref _inHand);
            lock (queue)
            {
                MostAtOnce = Math.Max(MostAtOnce, inHand);
            }

            try
            {
                await Task.Yield();
                if (Interlocked.Increment(ref _calls) == 1 && ThrowsFirst)
                {
                    throw new InvalidOperationException("a bug");
                }

                await queue.CompleteAsync(item.Id, ct);
            }
            finally
            {
                Interlocked.Decrement(ref _inHand);
            }

            if (Interlocked.Increment(ref _handled) == expected)
            {
                _allDone.TrySetResult();
            }
        }
    }

    private sealed class WaitingHandler : IWorkHandler
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        public CancellationToken Token { get; private set; }

        public bool Handles(WorkItem item) => true;

        public Task HandleAsync(WorkItem item, CancellationToken ct)
        {
            Token = ct;
            _started.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        }
    }
}
