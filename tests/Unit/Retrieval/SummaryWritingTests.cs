using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
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

public sealed class SummaryWritingTests
{
    private const string Rate = "The interest rate of the loan is six percent a year.";

    private readonly ManualTimeProvider _clock = new();
    private readonly IDocumentRuns _documents = Substitute.For<IDocumentRuns>();
    private readonly IKnowledgeRepository _knowledge = Substitute.For<IKnowledgeRepository>();
    private readonly IWorkQueue _queue = Substitute.For<IWorkQueue>();
    private readonly ILanguageModel _model = Substitute.For<ILanguageModel>();
    private readonly List<SummaryTask> _asked = [];
    private readonly List<NewEvent> _told = [];
    private readonly Document _document;
    private ValueList<CleanedPage> _pages = [Page(1, Rate)];
    private RetrievalOptions _options = new() { Summary = "model" };
    private DocumentKnowledge? _saved;
    private WorkItem? _next;

    public SummaryWritingTests()
    {
        _document = SampleDocuments.Queued(_clock) with { Status = DocumentStatus.Completed };
        _saved = KnowledgeSteps.InOrder
            .Aggregate(DocumentKnowledge.Begin(_document.Id, _clock.GetUtcNow()), (state, step) => state.WithStepCompleted(step, _clock.GetUtcNow()))
            .WithCompletion("fingerprint", new DocumentSummary("By rules.", [1]), 1, _clock.GetUtcNow()).WithSummaryAhead(_clock.GetUtcNow());
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document);
        _knowledge.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_ => _saved);
        _knowledge.SaveAsync(Arg.Do<DocumentKnowledge>(saved => _saved = saved), Arg.Do<IReadOnlyList<NewEvent>>(_told.AddRange), Arg.Any<WorkItemId?>(), Arg.Any<CancellationToken>()).Returns(true);
        _knowledge.HandOnAsync(Arg.Any<DocumentKnowledge>(), Arg.Any<IReadOnlyList<NewEvent>>(), Arg.Any<WorkItemId>(), Arg.Do<WorkItem>(next => _next = next), Arg.Any<CancellationToken>()).Returns(true);
        Answers(static _ => "The rate of the loan is six percent a year.");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_model_s_summary_takes_the_place_of_that_by_rules_on_the_document_s_account_and_after_everything_else()
    {
        await HandleAsync(Work());

        _saved.ShouldNotBeNull().Summary.ShouldBe(new DocumentSummary("The rate of the loan is six percent a year.", [1]) { Source = SummarySource.Model });
        (_saved.Status, _saved.Percent, _saved.Steps[^1].Name).ShouldBe((KnowledgeStatus.Completed, 100, "model_summary"));
        _told.Select(told => told.Name).ShouldBe(["knowledge_progress", "knowledge_completed"]);
        await _model.Received(1).AskAsync(
            Arg.Any<SummaryTask>(), Arg.Is<CallContext>(context => context.Priority == Priority.Low && context.Scopes.Contains(BudgetScope.Of(_document.Id.ToString()))), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task What_is_invented_leaves_the_summary_by_rules_and_says_so()
    {
        Answers(static _ => "The rate of the loan is nine percent a year. Bernard signed it.");

        await HandleAsync(Work());

        ShouldBeByRules("knowledge.summary-unsupported");
    }

    [Fact]
    public async Task Many_pages_are_summed_up_in_packs_and_the_summaries_of_those_in_one_more_call()
    {
        _options = new RetrievalOptions { Summary = "model", SummaryInputTokens = 500 };
        _pages = [.. Enumerable.Range(1, 12).Select(number => Page(number, string.Join(' ', Enumerable.Repeat($"Part {number} of the contract is about harbour {number}.", 20))))];
        Answers(static task => $"Part {task.Pieces[0].Page} is about harbour {task.Pieces[0].Page}.");

        await HandleAsync(Work());

        _asked.Count(task => !task.AreSummaries).ShouldBeGreaterThan(1);
        _asked.Where(task => !task.AreSummaries).SelectMany(task => task.Pieces).Select(piece => piece.Page).Order().ShouldBe(Enumerable.Range(1, 12));
        _asked[^1].AreSummaries.ShouldBeTrue();
        _asked.Count(task => task.AreSummaries).ShouldBe(1);
        _asked[^1].Pieces.ShouldAllBe(piece => piece.Text == $"Part {piece.Page} is about harbour {piece.Page}.");
        _saved.ShouldNotBeNull().Summary.ShouldNotBeNull().Text.ShouldBe("Part 1 is about harbour 1.");
    }

    [Fact]
    public async Task What_is_too_large_for_the_model_is_asked_in_halves()
    {
        _pages = [Page(1, Rate), Page(2, Rate)];
        Answers(static task => task.Pieces.Count > 1 ? null : "The loan is six percent.");

        await HandleAsync(Work());

        _asked.Select(task => task.Pieces.Count).ShouldBe([2, 1, 1]);
        _saved.ShouldNotBeNull().Summary.ShouldNotBeNull().Source.ShouldBe(SummarySource.Model);
    }

    [Fact]
    public async Task A_document_that_takes_more_calls_than_allowed_costs_none()
    {
        _options = new RetrievalOptions { Summary = "model", SummaryInputTokens = 500, SummaryMaxCalls = 2 };
        _pages = [.. Enumerable.Range(1, 30).Select(number => Page(number, string.Join(' ', Enumerable.Repeat(Rate, 20))))];

        await HandleAsync(Work());

        _asked.ShouldBeEmpty();
        ShouldBeByRules("knowledge.summary-too-long");
    }

    [Fact]
    public async Task A_spent_budget_leaves_the_summary_by_rules_and_the_document_searchable()
    {
        Fails(ModelErrors.BudgetExhausted(BudgetScope.Of(_document.Id.ToString()), Money.FromDollars(0.01m)));

        await HandleAsync(Work());

        ShouldBeByRules("budget_exhausted");
        await _queue.DidNotReceiveWithAnyArgs().RetryLaterAsync(default, default, Ct);
    }

    [Fact]
    public async Task A_model_that_is_away_is_asked_again_and_after_an_hour_no_more()
    {
        Fails(ModelErrors.Unavailable("status 503"));
        var (early, late) = (Work() with { Attempts = 3 }, Work() with { Attempts = 13 });

        await HandleAsync(early);
        (_saved.ShouldNotBeNull().Status, _saved.Problem.ShouldNotBeNull().Code).ShouldBe((KnowledgeStatus.Processing, "model.unavailable"));
        await HandleAsync(late);

        await _queue.Received(1).RetryLaterAsync(early.Id, TimeSpan.FromSeconds(8), Arg.Any<CancellationToken>());
        ShouldBeByRules("model.unavailable");
    }

    [Fact]
    public async Task The_data_of_a_document_goes_before_its_summary()
    {
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document with { Status = DocumentStatus.Processing });

        var work = Work();
        _clock.Advance(TimeSpan.FromSeconds(8));

        await HandleAsync(work);

        _asked.ShouldBeEmpty();
        _next.ShouldBe(work with { Id = _next.ShouldNotBeNull().Id, AvailableAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(4) });
        _next.Id.ShouldNotBe(work.Id);
    }

    [Fact]
    public async Task Where_rules_are_to_sum_up_again_the_document_is_done()
    {
        _options = new RetrievalOptions();

        await HandleAsync(Work());

        _asked.ShouldBeEmpty();
        (_saved.ShouldNotBeNull().Status, _saved.Summary.ShouldNotBeNull().Text).ShouldBe((KnowledgeStatus.Completed, "By rules."));
    }

    [Fact]
    public void A_model_s_summary_needs_a_model()
    {
        _options.FaultWith(hasModel: false).ShouldNotBeNull().ShouldContain("LLM__PROVIDER");
        _options.FaultWith(hasModel: true).ShouldBeNull();
        new RetrievalOptions().FaultWith(hasModel: false).ShouldBeNull();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"text":"x"}""")]
    [InlineData("""{"summary":null}""")]
    public void A_reply_without_a_summary_is_malformed(string reply)
    {
        using var json = JsonDocument.Parse(reply);

        new SummaryTask([], AreSummaries: false).Read(json.RootElement, static page => page).Error.ShouldNotBeNull().Code.ShouldBe("model.malformed-reply");
    }

    [Fact]
    public void The_pages_are_sent_as_the_contract_says() => new SummaryTask([new SummaryPiece(3, "one"), new SummaryPiece(5, "two")], AreSummaries: false).Preface
        .ShouldBe("[page 3]\none\n---PAGE BREAK---\n[page 5]\ntwo");

    private static CleanedPage Page(int number, string text) => new(number, [TextBlock.Of(BlockKind.Paragraph, 0, text)]);

    private void ShouldBeByRules(string problem)
    {
        (_saved.ShouldNotBeNull().Status, _saved.Problem).ShouldBe((KnowledgeStatus.Completed, null));
        var summary = _saved.Summary.ShouldNotBeNull();
        (summary.Text, summary.Source, summary.Problem.ShouldNotBeNull().Code).ShouldBe(("By rules.", SummarySource.Rules, problem));
    }

    private void Answers(Func<SummaryTask, string?> summary) => _model.AskAsync(Arg.Any<SummaryTask>(), Arg.Any<CallContext>(), Arg.Any<CancellationToken>()).Returns(call =>
    {
        lock (_asked)
        {
            _asked.Add(call.Arg<SummaryTask>());
        }

        return summary(call.Arg<SummaryTask>()) is { } text ? new ModelAnswer<ClaimedSummary>(new ClaimedSummary(text), 1) : (Result<ModelAnswer<ClaimedSummary>>)ModelErrors.InputTooLarge();
    });

    private void Fails(Error error) => _model.AskAsync(Arg.Any<SummaryTask>(), Arg.Any<CallContext>(), Arg.Any<CancellationToken>()).Returns(error);

    private WorkItem Work() => KnowledgeWork.Summary(_document.Id, _clock);

    private Task HandleAsync(WorkItem item) => new SummaryWriting(
        _documents, new DocumentCalls(Substitute.For<ICostLedger>()), _knowledge, new CleanedTexts(_pages), new DocumentSummariser(_model, _options), _options, _queue, _clock,
        NullLogger<SummaryWriting>.Instance).HandleAsync(item, Ct);

    /// <summary>The cleaned text of one document.</summary>
    private sealed class CleanedTexts(ValueList<CleanedPage> pages) : IResultCache
    {
        public Task<T?> FindAsync<T>(BlobKey key, Fingerprint? fingerprint, JsonTypeInfo<T> type, CancellationToken ct)
            where T : class => Task.FromResult(fingerprint?.Value == "fingerprint" ? new CleanedText(pages) as T : null);

        public Task StoreAsync<T>(BlobKey key, Fingerprint fingerprint, T value, JsonTypeInfo<T> type, CancellationToken ct)
            where T : class => throw new NotSupportedException();

        public Task<Result<T>> GetOrCreateAsync<T>(BlobKey key, Fingerprint fingerprint, JsonTypeInfo<T> type, Func<CancellationToken, Task<Result<T>>> create, CancellationToken ct)
            where T : class => throw new NotSupportedException();
    }
}
