using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel;

/// <summary>The stand-in of journal and ledger keeps the promises that the tests of use cases rely on.</summary>
public sealed class InMemoryCallsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryCalls _calls = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_keeps_caps_and_shows_no_less_than_the_bill_as_the_real_ones_do(bool withLosses) =>
        Prop.ForAll(Course.Any(withKills: false, withLosses), async course =>
        {
            var calls = new InMemoryCalls();
            await new PaidCalls(course, _ => (calls, calls), _clock).RunAsync(Ct);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task It_finds_replies_and_sections_until_they_are_forgotten()
    {
        var intent = await AnswerAsync(["page a", "page b"]);

        (await _calls.FindReplyAsync(intent.Key, string.Empty, Ct)).ShouldNotBeNull().IsReplayed.ShouldBeTrue();
        (await _calls.FindSectionsAsync(["page b", "page c"], Ct)).ShouldHaveSingleItem().Value.Index.ShouldBe(1);

        await _calls.ForgetAsync("doc_a", Ct);

        (await _calls.FindReplyAsync(intent.Key, string.Empty, Ct)).ShouldBeNull();
        (await _calls.FindSectionsAsync(["page b"], Ct)).ShouldBeEmpty();
        (await _calls.CostOfAsync("doc_a", Ct)).Amount.ShouldBe(new Money(5));
    }

    [Fact]
    public async Task It_reports_usage_with_what_was_saved()
    {
        await AnswerAsync([]);
        await _calls.RecordPagesAsync("doc_a", "run_1", "small", null, 4, _clock.GetUtcNow(), Ct);

        var line = (await _calls.UsageAsync([UsageGrouping.Day, UsageGrouping.Document], Ct)).ShouldHaveSingleItem();

        line.Key.ShouldBe(["2026-03-14", "doc_a"]);
        line.Cost.ShouldBe(new CostSummary(new Money(5), 1, 0, 3, 10, 1, Estimated: false));
        _calls.Events.ShouldHaveSingleItem().Name.ShouldBe(CostEvents.CostUpdate);
    }

    private async Task<CallIntent> AnswerAsync(ValueList<string> sections)
    {
        var intent = new CallIntent(
            StrongId.New<CallId>(_clock), Fingerprint.Of(("pages", "a")), "extraction", new ModelIdentity("openai", "small", "http://models.test/v1"), "doc_a", null,
            [BudgetScope.Of("doc_a")], [1], _clock.GetUtcNow());
        await _calls.BeginAsync(intent, Ct);
        await _calls.ReserveAsync(intent.Id, new Money(9), Ct);
        await _calls.MarkSentAsync(intent.Id, Ct);
        await _calls.CompleteAsync(intent.Id, new ModelReply("{}", ModelStop.Finished, new TokenUsage(10, 1), [1, 2]), new Money(5), sections, Ct);
        return intent;
    }
}
