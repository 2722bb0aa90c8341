using System.Threading.Channels;
using Idp.Application.Kernel.Costs;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Kernel.Costs;

public sealed class AbandonedCallsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ICallJournal _journal = Substitute.For<ICallJournal>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_of_lost_nodes_are_settled_again_and_again_also_after_the_store_was_away()
    {
        var looks = Channel.CreateUnbounded<int>();
        var count = 0;
        _journal.RecoverAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            looks.Writer.TryWrite(++count);
            return count == 1 ? Task.FromException<int>(new IOException("away")) : Task.FromResult(2);
        });
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = new AbandonedCalls(_journal, _clock, NullLogger<AbandonedCalls>.Instance).RunAsync(stopping.Token);

        foreach (var look in Enumerable.Range(1, 3))
        {
            _clock.Advance(AbandonedCalls.LookInterval);
            (await looks.Reader.ReadAsync(Ct)).ShouldBe(look);
        }

        await stopping.CancelAsync();
        await running;
        count.ShouldBe(3);
    }
}
