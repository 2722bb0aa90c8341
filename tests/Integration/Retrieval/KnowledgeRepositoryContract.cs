using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;

namespace Idp.Integration.Retrieval;

/// <summary>What every store of knowledge promises.</summary>
public abstract class KnowledgeRepositoryContract
{
    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IKnowledgeRepository Knowledge { get; }

    protected abstract IEventLog Events { get; }

    protected abstract IDocumentRepository Documents { get; }

    protected abstract IWorkQueue Queue { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_saved_last_comes_back_whole()
    {
        var document = await GivenDocumentAsync();
        var begun = DocumentKnowledge.Begin(document.Id, Clock.GetUtcNow()).WithStepStarted(KnowledgeSteps.Parsing, Clock.GetUtcNow());
        (await Knowledge.SaveAsync(begun, [], null, Ct)).ShouldBeTrue();
        (await Knowledge.FindAsync(document.Id, Ct)).ShouldBe(begun);
        var done = begun.WithStepCompleted(KnowledgeSteps.Parsing, Clock.GetUtcNow()).WithCompletion("fingerprint", new DocumentSummary("In short.", [1, 3]), 7, Clock.GetUtcNow()) with { Method = "2/320/40" };

        (await Knowledge.SaveAsync(done, [], null, Ct)).ShouldBeTrue();

        (await Knowledge.FindAsync(document.Id, Ct)).ShouldBe(done);
    }

    [Fact]
    public async Task A_failure_keeps_its_reason()
    {
        var document = await GivenDocumentAsync();
        var failed = DocumentKnowledge.Begin(document.Id, Clock.GetUtcNow()).WithFailure(RetrievalErrors.StepCrashed(KnowledgeSteps.Parsing), Clock.GetUtcNow());

        await Knowledge.SaveAsync(failed, [], null, Ct);

        (await Knowledge.FindAsync(document.Id, Ct)).ShouldBe(failed);
    }

    [Fact]
    public async Task Nothing_is_known_of_a_document_that_is_gone()
    {
        var gone = DocumentKnowledge.Begin(StrongId.New<DocumentId>(Clock), Clock.GetUtcNow());

        (await Knowledge.SaveAsync(gone, [], null, Ct)).ShouldBeFalse();

        (await Knowledge.FindAsync(gone.Id, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Knowledge_goes_with_its_document()
    {
        var document = await GivenDocumentAsync();
        await Knowledge.SaveAsync(DocumentKnowledge.Begin(document.Id, Clock.GetUtcNow()), [], null, Ct);

        await Documents.DeleteAsync(document.Id, [], Ct);

        (await Knowledge.FindAsync(document.Id, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_end_of_the_work_and_its_outcome_become_true_together()
    {
        var document = await GivenDocumentAsync();
        var item = (await Queue.ClaimAsync(TimeSpan.FromMinutes(1), Ct)).ShouldNotBeNull();
        var knowledge = DocumentKnowledge.Begin(document.Id, Clock.GetUtcNow());

        (await Knowledge.SaveAsync(knowledge, [], item.Id, Ct)).ShouldBeTrue();

        (await Queue.DepthsAsync(Ct)).Sum(depth => depth.Running + depth.Waiting).ShouldBe(0);
        (await Knowledge.SaveAsync(knowledge with { Chunks = 9 }, [], item.Id, Ct)).ShouldBeFalse();
        (await Knowledge.FindAsync(document.Id, Ct)).ShouldBe(knowledge);
    }

    [Fact]
    public async Task The_next_work_becomes_durable_with_the_end_of_the_one_before()
    {
        var document = await GivenDocumentAsync();
        var item = (await Queue.ClaimAsync(TimeSpan.FromMinutes(1), Ct)).ShouldNotBeNull();
        var next = new WorkItem(StrongId.New<WorkItemId>(Clock), KnowledgeId.Of(document.Id).ToString(), "embedding", Priority.Low, Clock.GetUtcNow(), Clock.GetUtcNow(), 0) { Pool = "embedding" };
        var knowledge = DocumentKnowledge.Begin(document.Id, Clock.GetUtcNow(), withVectors: true).WithVectorsAhead("fingerprint", null, 3, Clock.GetUtcNow());

        (await Knowledge.HandOnAsync(knowledge, [], item.Id, next, Ct)).ShouldBeTrue();
        (await Knowledge.HandOnAsync(knowledge with { Chunks = 9 }, [], item.Id, next with { Id = StrongId.New<WorkItemId>(Clock) }, Ct)).ShouldBeFalse();

        (await Knowledge.FindAsync(document.Id, Ct)).ShouldBe(knowledge);
        (await Queue.ClaimAsync("embedding", TimeSpan.FromMinutes(1), Ct)).ShouldBe(next);
        (await Queue.ClaimAsync("embedding", TimeSpan.FromMinutes(1), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task What_happened_is_told_in_its_order_and_only_when_it_became_true()
    {
        var document = await GivenDocumentAsync();
        var item = (await Queue.ClaimAsync(TimeSpan.FromMinutes(1), Ct)).ShouldNotBeNull();
        var subject = KnowledgeId.Of(document.Id).ToString();
        var knowledge = DocumentKnowledge.Begin(document.Id, Clock.GetUtcNow());

        await Knowledge.SaveAsync(knowledge, [new NewEvent(subject, "first", "{}"), new NewEvent(subject, "second", "{}")], item.Id, Ct);
        await Knowledge.SaveAsync(knowledge, [new NewEvent(subject, "of work that was lost", "{}")], item.Id, Ct);

        (await Events.ReadAsync(subject, 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Work_beside_becomes_durable_with_the_change_of_the_document()
    {
        var document = await GivenDocumentAsync();
        var beside = new WorkItem(StrongId.New<WorkItemId>(Clock), KnowledgeId.Of(document.Id).ToString(), "knowledge", Priority.Low, Clock.GetUtcNow(), Clock.GetUtcNow(), 0) { Pool = "knowledge" };

        await Documents.SaveAsync(new DocumentChange(document, []) { WorkBeside = [beside] }, Ct);

        (await Queue.ClaimAsync("knowledge", TimeSpan.FromMinutes(1), Ct)).ShouldBe(beside);
    }

    private async Task<Document> GivenDocumentAsync()
    {
        var document = SampleChunks.Document(Clock);
        await Documents.AddAsync([new DocumentArrival(document, []) { FirstWork = SampleChunks.Work(document, Clock) }], Ct);
        return document;
    }
}
