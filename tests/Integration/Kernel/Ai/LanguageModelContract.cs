using Idp.Application.Kernel.Ai;
using Idp.Unit.Kernel.Ai;

namespace Idp.Integration.Kernel.Ai;

/// <summary>What every language model promises.</summary>
public abstract class LanguageModelContract
{
    private static readonly TranscriptTask Task1 = TranscriptTask.Of((3, "text"), (4, "text")) with { ByRules = new(["3: text", "4: text"]) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_with_the_documents_own_page_numbers()
    {
        var model = await ModelAsync();

        var answer = await model.AskAsync(Task1, TranscriptTask.For("doc_1"), Token);

        answer.Value.ShouldNotBeNull().Value.ShouldBe(new Transcript(["3: text", "4: text"]));
    }

    [Fact]
    public async Task The_same_question_is_answered_the_same_and_not_paid_again()
    {
        var model = await ModelAsync();
        var first = await model.AskAsync(Task1, TranscriptTask.For("doc_1"), Token);

        var again = await model.AskAsync(Task1, TranscriptTask.For("doc_2"), Token);

        again.Value.ShouldBe(first.Value! with { PaidCalls = 0 });
    }

    [Fact]
    public async Task Many_may_ask_at_once()
    {
        var model = await ModelAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(page => model.AskAsync(
            TranscriptTask.Of((page, "text")) with { ByRules = new([$"{page}: text"]) }, TranscriptTask.For("doc_1"), Token)));

        answers.Select(static answer => answer.Value!.Value.Pages[0]).ShouldBe(Enumerable.Range(1, 40).Select(static page => $"{page}: text"));
    }

    [Fact]
    public async Task A_question_that_is_cancelled_throws()
    {
        var model = await ModelAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => model.AskAsync(Task1, TranscriptTask.For("doc_1"), cancelled.Token));
    }

    [Fact]
    public async Task It_says_who_answers_and_how_long_a_reply_may_be()
    {
        var model = await ModelAsync();

        model.Identity.Provider.ShouldNotBeEmpty();
        (await model.LimitsAsync(Token)).OutputTokens.ShouldBePositive();
    }

    /// <summary>A model that has been asked nothing yet.</summary>
    protected abstract Task<ILanguageModel> ModelAsync();
}
