using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Application.Retrieval;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Retrieval;

public sealed class PageCleaningTests
{
    private const string Note = "Continued on next page";

    private readonly ILanguageModel _model = Substitute.For<ILanguageModel>();
    private readonly List<CleanedPageTask> _asked = [];
    private readonly Document _document = SampleDocuments.Queued(new ManualTimeProvider());

    public PageCleaningTests()
    {
        _model.Identity.Returns(new ModelIdentity("simulated", "model", "http://127.0.0.1"));
        Answers(static page => page.Text.Replace(Note, string.Empty, StringComparison.Ordinal));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_model_leaves_out_goes_on_the_document_s_account_and_after_everything_else()
    {
        var cleaned = await CleanAsync(Pages(2));

        cleaned.Sum(static page => page.Blocks.Count(static block => block.Text == Note)).ShouldBe(1);
        await _model.Received(1).AskAsync(
            Arg.Any<CleanedPageTask>(), Arg.Is<CallContext>(context => context.Priority == Priority.Low && context.Scopes.Contains(BudgetScope.Of(_document.Id.ToString()))), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Pages_on_which_nothing_could_go_cost_nothing()
    {
        await CleanAsync([Page(1, "Nothing here is said twice.")]);

        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_pages_are_asked_about_in_packs()
    {
        await CleanAsync(Pages(40));

        _asked.Count.ShouldBeGreaterThan(1);
        _asked.SelectMany(static task => task.Pages).Select(static page => page.Page).Order().ShouldBe(Enumerable.Range(1, 40));
    }

    [Fact]
    public async Task Pages_that_the_model_cannot_be_asked_about_stay_as_they_are()
    {
        _model.AskAsync(Arg.Any<CleanedPageTask>(), Arg.Any<CallContext>(), Arg.Any<CancellationToken>())
            .Returns(ModelErrors.BudgetExhausted(BudgetScope.Of(_document.Id.ToString()), Money.FromDollars(0.01m)));

        (await CleanAsync(Pages(2))).ShouldBe(Pages(2));
    }

    [Fact]
    public async Task A_document_that_takes_more_calls_than_allowed_costs_none()
    {
        (await CleanAsync(Pages(40), mostCalls: 1)).ShouldBe(Pages(40));

        _asked.ShouldBeEmpty();
    }

    private static ValueList<CleanedPage> Pages(int count) => Enumerable.Range(1, count)
        .Select(static number => Page(number, string.Join(' ', Enumerable.Repeat($"Part {number} of the contract is about harbour {number}.", 20)), Note)).ToValueList();

    private static CleanedPage Page(int number, params string[] texts) => new(number, texts.Select(static text => TextBlock.Of(BlockKind.Paragraph, 0, text)).ToValueList());

    private Task<ValueList<CleanedPage>> CleanAsync(ValueList<CleanedPage> pages, int mostCalls = 40) => new PageCleaning(
        _model, new DocumentCalls(Substitute.For<ICostLedger>()), new RetrievalOptions { Cleaning = "model", CleaningMaxCalls = mostCalls }, NullLogger<PageCleaning>.Instance).CleanAsync(_document, pages, Ct);

    private void Answers(Func<ModelSection, string> clean) => _model.AskAsync(Arg.Any<CleanedPageTask>(), Arg.Any<CallContext>(), Arg.Any<CancellationToken>()).Returns(call =>
    {
        var task = call.Arg<CleanedPageTask>();
        lock (_asked)
        {
            _asked.Add(task);
        }

        return new ModelAnswer<ClaimedPages>(new ClaimedPages(task.Pages.Select(page => new ClaimedPage(page.Page, clean(page))).ToValueList()), 1);
    });
}
