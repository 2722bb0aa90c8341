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
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Idp.Unit.Retrieval;

public sealed class KnowledgePipelineTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IDocumentRuns _documents = Substitute.For<IDocumentRuns>();
    private readonly IPages _pages = Substitute.For<IPages>();
    private readonly IKnowledgeRepository _knowledge = Substitute.For<IKnowledgeRepository>();
    private readonly IChunkIndex _index = Substitute.For<IChunkIndex>();
    private readonly IVectorIndex _vectors = Substitute.For<IVectorIndex>();
    private readonly ITextEmbedding _embedding = Substitute.For<ITextEmbedding>();
    private readonly IWorkQueue _queue = Substitute.For<IWorkQueue>();
    private readonly ILanguageModel _model = Substitute.For<ILanguageModel>();
    private readonly IEventAppender _events = Substitute.For<IEventAppender>();
    private readonly List<NewEvent> _told = [];
    private readonly Document _document;
    private RetrievalOptions _options = new();
    private DocumentKnowledge? _saved;
    private WorkItem? _next;

    public KnowledgePipelineTests()
    {
        _document = SampleDocuments.Queued(_clock);
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document);
        _pages.ReadAllAsync(_document, Arg.Any<CancellationToken>()).Returns([SamplePages.Page(1, SamplePages.Lines(0.1, 0.2, "The interest rate of the loan is six percent a year."))]);
        _knowledge.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_ => _saved);
        _knowledge.SaveAsync(Arg.Do<DocumentKnowledge>(saved => _saved = saved), Arg.Do<IReadOnlyList<NewEvent>>(_told.AddRange), Arg.Any<WorkItemId?>(), Arg.Any<CancellationToken>()).Returns(true);
        _knowledge.HandOnAsync(
            Arg.Do<DocumentKnowledge>(saved => _saved = saved), Arg.Do<IReadOnlyList<NewEvent>>(_told.AddRange), Arg.Any<WorkItemId>(), Arg.Do<WorkItem>(next => _next = next), Arg.Any<CancellationToken>()).Returns(true);
        _index.ReplaceAsync(default, default!, default).ReturnsForAnyArgs(true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_goes_through_all_steps_and_is_in_the_index()
    {
        await HandleAsync(Work());

        _saved.ShouldNotBeNull().Status.ShouldBe(KnowledgeStatus.Completed);
        _saved.Steps.ShouldAllBe(step => step.Status == StageStatus.Completed && step.Percent == 100);
        _saved.Summary.ShouldNotBeNull().Text.ShouldBe("The interest rate of the loan is six percent a year.");
        await _index.Received(1).ReplaceAsync(_document.Id, Arg.Is<ValueList<IndexedChunk>>(chunks => chunks.Count == 1), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Every_step_is_told_however_quick_and_the_end_last()
    {
        await HandleAsync(Work());

        _told.Select(told => (told.Name, StageIn(told))).ShouldBe(
            [.. KnowledgeSteps.InOrder.Select(step => ("knowledge_progress", (string?)step)), ("knowledge_completed", "completed")]);
        _told.ShouldAllBe(told => told.Subject == KnowledgeId.Of(_document.Id).ToString() && told.Batch == null);
    }

    [Fact]
    public async Task A_deleted_document_is_told_only_where_something_was_known_of_it()
    {
        await Follower(isEnabled: true).ForgetAsync(_document.Id, Ct);
        await _events.DidNotReceiveWithAnyArgs().AppendAsync(default!, Ct);
        await HandleAsync(Work());

        await Follower(isEnabled: true).ForgetAsync(_document.Id, Ct);

        await _events.Received(1).AppendAsync(Arg.Is<IReadOnlyList<NewEvent>>(told => told.Single().Name == "knowledge_deleted"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Pages_that_say_the_same_as_before_are_not_indexed_again()
    {
        await HandleAsync(Work());
        var first = _saved;
        _index.ClearReceivedCalls();

        await HandleAsync(Work());

        _saved.ShouldBe(first);
        await _index.DidNotReceiveWithAnyArgs().ReplaceAsync(default, default!, Ct);
    }

    [Fact]
    public async Task Where_vectors_are_wanted_the_document_is_found_by_its_words_before_it_has_them()
    {
        await HandleAsync(Work(), _embedding);

        _saved.ShouldNotBeNull().Status.ShouldBe(KnowledgeStatus.Processing);
        (_saved.CurrentStep, _saved.Percent, _saved.Chunks).ShouldBe((KnowledgeSteps.Embedding, 83, 1));
        _next.ShouldNotBeNull().ShouldSatisfyAllConditions(
            next => next.Step.ShouldBe(KnowledgeWork.EmbeddingStep), next => next.Pool.ShouldBe(KnowledgePool.Embedding), next => next.Subject.ShouldBe(Work().Subject));
        await _index.ReceivedWithAnyArgs(1).ReplaceAsync(default, default!, Ct);
    }

    [Fact]
    public async Task Where_a_model_is_to_sum_up_it_does_so_last()
    {
        _options = new RetrievalOptions { Summary = "model" };
        await HandleAsync(Work());
        _next.ShouldNotBeNull().Step.ShouldBe(KnowledgeWork.SummaryStep);
        (_saved.ShouldNotBeNull().Status, _saved.Summary.ShouldNotBeNull().Source, _saved.HasSummaryAhead).ShouldBe((KnowledgeStatus.Processing, SummarySource.Rules, true));

        _saved = null;
        await HandleAsync(Work(), _embedding);

        _next.ShouldNotBeNull().Step.ShouldBe(KnowledgeWork.EmbeddingStep);
        _saved.ShouldNotBeNull().Steps.TakeLast(2).Select(step => step.Name).ShouldBe(["embedding", "model_summary"]);
    }

    [Fact]
    public async Task Where_a_model_cleans_it_does_so_after_the_document_has_ended_and_where_waiting_keeps_nobody_waiting()
    {
        _options = new RetrievalOptions { Cleaning = "model" };
        await HandleAsync(Work());
        _next.ShouldNotBeNull().ShouldSatisfyAllConditions(next => next.Step.ShouldBe(KnowledgeWork.Step), next => next.Pool.ShouldBe(KnowledgePool.Summary), next => next.Attempts.ShouldBe(0));
        _next.AvailableAt.ShouldBeGreaterThan(_clock.GetUtcNow());
        await _index.DidNotReceiveWithAnyArgs().ReplaceAsync(default, default!, Ct);

        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document with { Status = DocumentStatus.Completed, TotalPages = 1 });
        _pages.ReadAllAsync(Arg.Any<Document>(), Arg.Any<CancellationToken>()).Returns([SamplePages.Page(1, SamplePages.Lines(0.1, 0.2, "Nothing is said twice here."))]);
        await HandleAsync(_next);

        _saved.ShouldNotBeNull().Status.ShouldBe(KnowledgeStatus.Completed);
        await _index.ReceivedWithAnyArgs(1).ReplaceAsync(default, default!, Ct);
    }

    [Fact]
    public async Task Pages_that_say_the_same_are_not_cleaned_and_indexed_again_after_the_wait()
    {
        _options = new RetrievalOptions { Cleaning = "model" };
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document with { Status = DocumentStatus.Completed, TotalPages = 1 });
        _pages.ReadAllAsync(Arg.Any<Document>(), Arg.Any<CancellationToken>()).Returns([SamplePages.Page(1, SamplePages.Lines(0.1, 0.2, "Nothing is said twice here."))]);
        await HandleAsync(Work() with { Pool = KnowledgePool.Summary });
        var first = _saved;

        await HandleAsync(Work());
        await HandleAsync(_next.ShouldNotBeNull());

        _saved.ShouldBe(first);
        await _index.ReceivedWithAnyArgs(1).ReplaceAsync(default, default!, Ct);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Pages_that_say_the_same_lead_to_vectors_only_where_there_are_none(bool hasVectors, bool areAskedFor)
    {
        await HandleAsync(Work());
        _vectors.HasAsync(default, default, Ct).ReturnsForAnyArgs(hasVectors);

        await HandleAsync(Work(), _embedding);

        (_next is not null).ShouldBe(areAskedFor);
        _saved.ShouldNotBeNull().Status.ShouldBe(areAskedFor ? KnowledgeStatus.Processing : KnowledgeStatus.Completed);
        await _index.ReceivedWithAnyArgs(1).ReplaceAsync(default, default!, Ct);
    }

    [Theory]
    [InlineData(DocumentStatus.Completed, KnowledgeStatus.Failed, 0)]
    [InlineData(DocumentStatus.Processing, KnowledgeStatus.Completed, 1)]
    public async Task Pages_that_are_not_there_any_more_take_nothing_from_the_index(DocumentStatus status, KnowledgeStatus expected, int replaced)
    {
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document with { Status = status, TotalPages = 2 });
        _pages.ReadAllAsync(default!, Ct).ReturnsForAnyArgs([SamplePages.Page(1, SamplePages.Lines(0.1, 0.2, "The first of two pages."))]);

        await HandleAsync(Work());

        _saved.ShouldNotBeNull().Status.ShouldBe(expected);
        await _index.ReceivedWithAnyArgs(replaced).ReplaceAsync(default, default!, Ct);
    }

    [Fact]
    public async Task Work_on_a_document_that_is_gone_is_done()
    {
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns((Document?)null);
        var work = Work();

        await HandleAsync(work);

        await _queue.Received(1).CompleteAsync(work.Id, Arg.Any<CancellationToken>());
        _saved.ShouldBeNull();
    }

    [Fact]
    public async Task An_error_of_the_program_is_tried_again_and_then_told()
    {
        _pages.ReadAllAsync(_document, Arg.Any<CancellationToken>()).ThrowsAsync(new InvalidOperationException("a bug"));
        var (first, last) = (Work(), Work() with { Attempts = 3 });

        await HandleAsync(first);
        await HandleAsync(last);

        await _queue.Received(1).RetryLaterAsync(first.Id, TimeSpan.FromSeconds(1), Arg.Any<CancellationToken>());
        _saved.ShouldNotBeNull().Problem.ShouldNotBeNull().Code.ShouldBe("knowledge.step-crashed");
        _saved.Steps[0].Status.ShouldBe(StageStatus.Failed);
    }

    [Fact]
    public async Task Work_begins_when_pages_are_read_in_a_pool_of_its_own_unless_it_is_turned_off()
    {
        Follower(isEnabled: true).WorkAfterReading(_document).ShouldNotBeNull().ShouldSatisfyAllConditions(
            work => work.Pool.ShouldBe(KnowledgePool.Name), work => work.Priority.ShouldBe(Priority.Low), work => work.Subject.ShouldNotBe(_document.Id.ToString()));
        Follower(isEnabled: false).WorkAfterReading(_document).ShouldBeNull();
        await Follower(isEnabled: true).ForgetAsync(_document.Id, Ct);
        await _index.Received(1).RemoveAsync(_document.Id, Arg.Any<CancellationToken>());
    }

    private KnowledgeWork Follower(bool isEnabled) => new(_knowledge, _index, new InMemoryBlobs(), _events, new RunningWork(), new RetrievalOptions { Enabled = isEnabled }, _clock);

    private static string? StageIn(NewEvent told)
    {
        using var data = JsonDocument.Parse(told.Data);
        return data.RootElement.GetProperty("stage").GetString();
    }

    private WorkItem Work() => Follower(isEnabled: true).WorkAfterReading(_document)!;

    private Task HandleAsync(WorkItem item, ITextEmbedding? embedding = null) => new KnowledgePipeline(
        _documents, _pages, _knowledge, _index, _vectors, new UncachedResults(), _queue, _options, _clock, NullLogger<KnowledgePipeline>.Instance,
        new PageCleaning(_model, new DocumentCalls(Substitute.For<ICostLedger>()), _options, NullLogger<PageCleaning>.Instance), embedding).HandleAsync(item, Ct);

    /// <summary>Keeps nothing.</summary>
    private sealed class UncachedResults : IResultCache
    {
        public Task<T?> FindAsync<T>(BlobKey key, Fingerprint? fingerprint, JsonTypeInfo<T> type, CancellationToken ct)
            where T : class => Task.FromResult<T?>(null);

        public Task StoreAsync<T>(BlobKey key, Fingerprint fingerprint, T value, JsonTypeInfo<T> type, CancellationToken ct)
            where T : class => Task.CompletedTask;

        public Task<Result<T>> GetOrCreateAsync<T>(
            BlobKey key, Fingerprint fingerprint, JsonTypeInfo<T> type, Func<CancellationToken, Task<Result<T>>> create, CancellationToken ct)
            where T : class => create(ct);
    }
}
