using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Ai;
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

public sealed class ChunkEmbeddingTests
{
    private static readonly VectorSpace Space = new("space");

    private readonly ManualTimeProvider _clock = new();
    private readonly IDocumentRuns _documents = Substitute.For<IDocumentRuns>();
    private readonly IKnowledgeRepository _knowledge = Substitute.For<IKnowledgeRepository>();
    private readonly IChunkIndex _index = Substitute.For<IChunkIndex>();
    private readonly IVectorIndex _vectors = Substitute.For<IVectorIndex>();
    private readonly IWorkQueue _queue = Substitute.For<IWorkQueue>();
    private readonly ITextEmbedding _embedding = Substitute.For<ITextEmbedding>();
    private readonly List<NewEvent> _told = [];
    private readonly Document _document;
    private readonly IndexedChunk _chunk;
    private DocumentKnowledge? _saved;

    public ChunkEmbeddingTests()
    {
        _document = SampleDocuments.Queued(_clock);
        _chunk = new IndexedChunk(StrongId.New<ChunkId>(_clock), _document.Id, "report.pdf", new Chunk(0, ["Fees"], "A late payment costs 35 dollars.", [], 8));
        _saved = KnowledgeSteps.InOrder
            .Aggregate(DocumentKnowledge.Begin(_document.Id, _clock.GetUtcNow(), withVectors: true), (state, step) => state.WithStepCompleted(step, _clock.GetUtcNow()))
            .WithVectorsAhead("fingerprint", null, 1, _clock.GetUtcNow());
        _documents.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_document);
        _knowledge.FindAsync(_document.Id, Arg.Any<CancellationToken>()).Returns(_ => _saved);
        _knowledge.SaveAsync(Arg.Do<DocumentKnowledge>(saved => _saved = saved), Arg.Do<IReadOnlyList<NewEvent>>(_told.AddRange), Arg.Any<WorkItemId?>(), Arg.Any<CancellationToken>()).Returns(true);
        _index.ListAsync(_document.Id, Arg.Any<CancellationToken>()).Returns([_chunk]);
        _vectors.ReplaceAsync(default, default, default!, default).ReturnsForAnyArgs(true);
        _embedding.Space.Returns(Space);
        _embedding.EmbedAsync(default!, default, default!, default).ReturnsForAnyArgs(Result<IReadOnlyList<float[]>>.Success([[1, 0]]));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chunks_get_their_vectors_on_the_document_s_account_and_with_their_headings()
    {
        await HandleAsync(Work());

        await _embedding.Received(1).EmbedAsync(
            Arg.Is<IReadOnlyList<string>>(texts => texts.Single() == "Fees\nA late payment costs 35 dollars."), TextRole.Passage,
            Arg.Is<CallContext>(context => context.Subject == _document.Id.ToString() && context.Scopes.Contains(BudgetScope.Of(context.Subject))), Arg.Any<CancellationToken>());
        await _vectors.Received(1).ReplaceAsync(_document.Id, Space, Arg.Is<IReadOnlyList<ChunkVector>>(vectors => vectors.Single().Chunk == _chunk.Id), Arg.Any<CancellationToken>());
        (_saved.ShouldNotBeNull().Status, _saved.Percent, _saved.Steps[^1].Status).ShouldBe((KnowledgeStatus.Completed, 100, StageStatus.Completed));
        _told.Select(told => told.Name).ShouldBe(["knowledge_progress", "knowledge_completed"]);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_asked_again_and_the_status_says_why_it_takes_so_long()
    {
        _embedding.EmbedAsync(default!, default, default!, Ct).ReturnsForAnyArgs(ModelErrors.Unavailable("status 503"));
        var work = Work() with { Attempts = 3 };

        await HandleAsync(work);

        await _queue.Received(1).RetryLaterAsync(work.Id, TimeSpan.FromSeconds(8), Arg.Any<CancellationToken>());
        (_saved.ShouldNotBeNull().Status, _saved.CurrentStep, _saved.Problem.ShouldNotBeNull().Code).ShouldBe((KnowledgeStatus.Processing, KnowledgeSteps.Embedding, "model.unavailable"));
    }

    [Fact]
    public async Task What_waiting_does_not_mend_ends_the_work_and_says_that_words_find_the_document()
    {
        _embedding.EmbedAsync(default!, default, default!, Ct).ReturnsForAnyArgs(ModelErrors.Unauthorised());
        var work = Work();

        await HandleAsync(work);

        await _queue.DidNotReceiveWithAnyArgs().RetryLaterAsync(default, default, Ct);
        await _knowledge.Received(1).SaveAsync(Arg.Any<DocumentKnowledge>(), Arg.Any<IReadOnlyList<NewEvent>>(), work.Id, Arg.Any<CancellationToken>());
        (_saved.ShouldNotBeNull().Status, _saved.Steps[^1].Status).ShouldBe((KnowledgeStatus.Failed, StageStatus.Failed));
        _saved.Problem.ShouldNotBeNull().Message.ShouldContain("found by its words");
        _told[^1].ShouldSatisfyAllConditions(
            told => told.Name.ShouldBe("knowledge_failed"), told => told.Subject.ShouldBe(work.Subject), told => told.Data.ShouldContain("\"problem_code\":\"model.unauthorised\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_sums_the_document_up_whatever_became_of_its_vectors(bool hasVectors)
    {
        _saved = _saved.ShouldNotBeNull().WithSummaryAhead(_clock.GetUtcNow());
        DocumentKnowledge? handedOn = null;
        _knowledge.HandOnAsync(Arg.Do<DocumentKnowledge>(saved => handedOn = saved), Arg.Any<IReadOnlyList<NewEvent>>(), Arg.Any<WorkItemId>(), Arg.Is<WorkItem>(next => next.Step == KnowledgeWork.SummaryStep), Arg.Any<CancellationToken>())
            .Returns(true);
        if (!hasVectors)
        {
            _embedding.EmbedAsync(default!, default, default!, Ct).ReturnsForAnyArgs(ModelErrors.Unauthorised());
        }

        await HandleAsync(Work());

        handedOn.ShouldNotBeNull().Status.ShouldBe(KnowledgeStatus.Processing);
        handedOn.WithSummary(null, _clock.GetUtcNow()).Status.ShouldBe(hasVectors ? KnowledgeStatus.Completed : KnowledgeStatus.Failed);
    }

    [Fact]
    public async Task Chunks_that_were_replaced_meanwhile_get_nothing_from_this_work()
    {
        _vectors.ReplaceAsync(default, default, default!, Ct).ReturnsForAnyArgs(false);
        var work = Work();

        await HandleAsync(work);

        await _queue.Received(1).CompleteAsync(work.Id, Arg.Any<CancellationToken>());
        _saved.ShouldNotBeNull().Status.ShouldBe(KnowledgeStatus.Processing);
    }

    [Fact]
    public async Task Where_nobody_makes_vectors_any_more_the_document_is_done()
    {
        await HandleAsync(Work(), hasProvider: false);

        (_saved.ShouldNotBeNull().Status, _saved.Steps.Count).ShouldBe((KnowledgeStatus.Completed, KnowledgeSteps.InOrder.Count));
    }

    [Fact]
    public async Task An_error_of_the_program_is_tried_a_few_times()
    {
        _index.ListAsync(default, Ct).ReturnsForAnyArgs<ValueList<IndexedChunk>>(_ => throw new InvalidOperationException("a bug"));
        var (first, last) = (Work(), Work() with { Attempts = 3 });

        await HandleAsync(first);
        await HandleAsync(last);

        await _queue.Received(1).RetryLaterAsync(first.Id, Arg.Any<TimeSpan>(), Arg.Any<CancellationToken>());
        _saved.ShouldNotBeNull().Problem.ShouldNotBeNull().Code.ShouldBe("knowledge.step-crashed");
    }

    private WorkItem Work() => KnowledgeWork.Embedding(_document.Id, _clock);

    private Task HandleAsync(WorkItem item, bool hasProvider = true) => new ChunkEmbedding(
        _documents, new DocumentCalls(Substitute.For<ICostLedger>()), _knowledge, _index, _vectors, _queue, _clock, NullLogger<ChunkEmbedding>.Instance, hasProvider ? _embedding : null)
        .HandleAsync(item, Ct);
}
