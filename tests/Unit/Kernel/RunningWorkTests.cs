using Idp.Application.Kernel.Work;

namespace Idp.Unit.Kernel;

public sealed class RunningWorkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelling_waits_for_nothing_that_the_work_does_about_it()
    {
        var running = new RunningWork();
        var mayEnd = false;
        var work = running.RunAsync(
            "doc_1",
            async ct =>
            {
                await using var slow = ct.Register(() => SpinWait.SpinUntil(() => Volatile.Read(ref mayEnd)));
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            },
            Ct);

        // Would never return if the handler ran here.
        running.Cancel("doc_1");
        running.Cancel("doc_1");
        Volatile.Write(ref mayEnd, true);

        await Should.ThrowAsync<OperationCanceledException>(() => work);
        running.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Work_is_told_to_stop_before_the_cancelling_returns()
    {
        var running = new RunningWork();
        var token = CancellationToken.None;
        var work = running.RunAsync("doc_1", async ct => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token = ct), Ct);

        running.Cancel("doc_1");

        token.IsCancellationRequested.ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(() => work);
    }
}
