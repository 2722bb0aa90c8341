using Idp.Application.Kernel.Ai;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;

namespace Idp.Integration.Research;

/// <summary>What every search of the web promises. The web knows pages on <c>Tessavane</c>.</summary>
public abstract class WebSearchContract
{
    protected static readonly CallContext Asker = new("cmp_0197a0000000700080000000000000aa", Priority.Low, [BudgetScope.Of("job_0197a0000000700080000000000000ab")])
    {
        Batch = "job_0197a0000000700080000000000000ab",
        Run = "1",
    };

    protected abstract IWebSearch Search { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_brings_pages_with_text_and_relevance_from_0_to_1()
    {
        var answer = (await Search.SearchAsync(Question("\"Tessavane\" GPU"), Asker, Ct)).Value.ShouldNotBeNull();

        answer.Sources.Count.ShouldBeInRange(1, 20);
        answer.Sources.ShouldAllBe(source => source.Url.Length > 0 && source.Relevance >= 0 && source.Relevance <= 1);
        answer.Sources.ShouldContain(source => source.Relevance >= 0.4 && source.Text.Contains("Tessavane"));
    }

    [Fact]
    public async Task No_more_pages_come_than_were_asked_for() =>
        (await Search.SearchAsync(Question("\"Tessavane\" GPU") with { MaximumResults = 2 }, Asker, Ct)).Value.ShouldNotBeNull().Sources.Count.ShouldBeLessThanOrEqualTo(2);

    [Fact]
    public async Task Who_cancels_gets_no_answer()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Search.SearchAsync(Question("\"Tessavane\" other"), Asker, cancelled.Token));
    }

    protected static WebQuestion Question(string text) => new(text, SearchDepth.Basic, 20);
}
