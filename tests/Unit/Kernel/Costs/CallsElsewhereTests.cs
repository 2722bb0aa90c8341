using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Unit.Kernel.Ai;

namespace Idp.Unit.Kernel.Costs;

public sealed class CallsElsewhereTests
{
    private static readonly Fingerprint Key = Fingerprint.Of(("request", "page one"));

    private readonly InMemoryCalls _calls = new();
    private readonly LeapingTimeProvider _clock = new();
    private int _looks;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_else_asks_is_not_waited_for()
    {
        (await FindAsync(answeredAt: int.MaxValue)).ShouldBeNull();

        (_looks, _clock.Waits.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task The_answer_to_an_equal_request_of_another_process_is_waited_for()
    {
        _calls.IsElsewhere = key => key == Key && _looks < 3;

        (await FindAsync(answeredAt: 4)).ShouldBe("answer");
    }

    [Fact]
    public async Task An_answer_that_comes_as_the_other_call_ends_is_found()
    {
        _calls.IsElsewhere = _ => false;

        (await FindAsync(answeredAt: 1)).ShouldBe("answer");
    }

    [Fact]
    public async Task A_call_that_never_ends_is_not_waited_for_longer_than_a_moment()
    {
        _calls.IsElsewhere = _ => true;

        (await FindAsync(answeredAt: int.MaxValue)).ShouldBeNull();

        _clock.Waits.Sum(static wait => wait.TotalSeconds).ShouldBe(20);
    }

    private Task<string?> FindAsync(int answeredAt) =>
        new CallsElsewhere(_calls, _clock).FindAsync(Key, _ => Task.FromResult(++_looks >= answeredAt ? "answer" : null), Ct);
}
