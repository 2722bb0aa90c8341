using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;

namespace Idp.Integration.Retrieval;

/// <summary>What every backlog of knowledge promises.</summary>
public abstract class KnowledgeBacklogContract
{
    private const string Method = "2";

    private static readonly VectorSpace Space = new("space");

    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IKnowledgeBacklog Backlog { get; }

    protected abstract IKnowledgeRepository Knowledge { get; }

    protected abstract IChunkIndex Chunks { get; }

    protected abstract IVectorIndex Vectors { get; }

    protected abstract IDocumentRepository Documents { get; }

    protected abstract IWorkQueue Queue { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KnowledgeNeed Need => new(Method, null, Clock.GetUtcNow() - TimeSpan.FromDays(1));

    [Fact]
    public async Task Documents_that_are_there_and_lack_knowledge_get_work_newest_first()
    {
        var (oldest, newest) = (await GivenAsync(DocumentStatus.Completed), await GivenAsync(DocumentStatus.Partial));
        foreach (var status in new[] { DocumentStatus.Queued, DocumentStatus.Processing, DocumentStatus.Failed, DocumentStatus.Cancelled })
        {
            await GivenAsync(status);
        }

        var portion = await AddAsync(Need);

        portion.Documents.ShouldBe([newest, oldest]);
        portion.IsLast.ShouldBeTrue();
        (await ClaimAsync()).ShouldBe([newest, oldest], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_made_as_it_is_set_now_is_left_alone_and_what_is_not_is_made_again()
    {
        var (current, old) = (await GivenAsync(DocumentStatus.Completed), await GivenAsync(DocumentStatus.Completed));
        await SaveAsync(Completed(current, Method));
        await SaveAsync(Completed(old, "1"));

        (await AddAsync(Need)).Documents.ShouldBe([old]);
    }

    [Fact]
    public async Task Chunks_without_vectors_of_the_space_lead_to_work_only_where_vectors_are_made()
    {
        var (with, without, empty) = (await GivenAsync(DocumentStatus.Completed), await GivenAsync(DocumentStatus.Completed), await GivenAsync(DocumentStatus.Completed));
        foreach (var document in new[] { with, without })
        {
            await Chunks.ReplaceAsync(document, SampleChunks.Chunks(document, Clock, "A harbour."), Ct);
            await SaveAsync(Completed(document, Method) with { Chunks = 1 });
        }

        await SaveAsync(Completed(empty, Method) with { Chunks = 0 });
        var chunk = (await Chunks.ListAsync(with, Ct)).Single();
        await Vectors.ReplaceAsync(with, Space, [new ChunkVector(chunk.Id, [1, 0])], Ct);

        (await AddAsync(Need)).Documents.ShouldBeEmpty();
        (await AddAsync(Need with { Space = Space })).Documents.ShouldBe([without]);
        (await AddAsync(Need with { Space = new VectorSpace("other") })).Documents.ShouldBe([with]);
    }

    [Fact]
    public async Task What_gave_up_is_due_again_after_a_while()
    {
        var document = await GivenAsync(DocumentStatus.Completed);
        await SaveAsync(Completed(document, Method).WithFailure(RetrievalErrors.StepCrashed(KnowledgeSteps.Parsing), Clock.GetUtcNow()));
        (await AddAsync(Need)).Documents.ShouldBeEmpty();

        Clock.Advance(TimeSpan.FromHours(25));

        (await AddAsync(Need)).Documents.ShouldBe([document]);
    }

    [Fact]
    public async Task No_document_gets_work_twice_even_where_several_nodes_ask_at_once()
    {
        foreach (var _ in Enumerable.Range(0, 6))
        {
            await GivenAsync(DocumentStatus.Completed);
        }

        var portions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AddAsync(Need), Ct)));

        portions.Sum(portion => portion.Documents.Count).ShouldBe(6);
        (await ClaimAsync()).ShouldBeUnique();
    }

    [Fact]
    public async Task Only_as_much_is_added_as_may_wait_and_the_rest_follows_from_the_bookmark_on()
    {
        var documents = new List<DocumentId>();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            documents.Insert(0, await GivenAsync(DocumentStatus.Completed));
        }

        var first = await AddAsync(Need, mostWaiting: 3);
        var full = await AddAsync(Need, first.Documents[^1], mostWaiting: 3);
        await ClaimAsync(isCompleted: true);
        var rest = await AddAsync(Need, first.Documents[^1], mostWaiting: 3);

        (first.Documents, first.IsLast).ShouldBe((documents.Take(3).ToValueList(), false));
        (full.Documents.Count, full.IsLast).ShouldBe((0, false));
        (rest.Documents, rest.IsLast).ShouldBe((documents.Skip(3).ToValueList(), true));
    }

    [Fact]
    public async Task Documents_are_counted_by_how_they_stand()
    {
        var (searchable, failed, behind) = (await GivenAsync(DocumentStatus.Completed), await GivenAsync(DocumentStatus.Partial), await GivenAsync(DocumentStatus.Completed));
        await GivenAsync(DocumentStatus.Queued);
        await SaveAsync(Completed(searchable, Method));
        await SaveAsync(Completed(failed, Method).WithFailure(RetrievalErrors.StepCrashed(KnowledgeSteps.Parsing), Clock.GetUtcNow()));
        (await Backlog.CountAsync(Need, Ct)).ShouldBe(new KnowledgeCounts(3, 1, 0, 1, 1));

        (await AddAsync(Need)).Documents.ShouldBe([behind]);

        (await Backlog.CountAsync(Need, Ct)).ShouldBe(new KnowledgeCounts(3, 1, 1, 1, 0));
    }

    private Task<BacklogPortion> AddAsync(KnowledgeNeed need, DocumentId? before = null, int mostWaiting = 50) => Backlog.AddWorkAsync(need, before, mostWaiting, WorkFor, Ct);

    private WorkItem WorkFor(DocumentId id) =>
        new(StrongId.New<WorkItemId>(Clock), KnowledgeId.Of(id).ToString(), "knowledge", Priority.Low, Clock.GetUtcNow(), Clock.GetUtcNow(), 0) { Pool = "knowledge" };

    private async Task<List<DocumentId>> ClaimAsync(bool isCompleted = false)
    {
        var claimed = new List<DocumentId>();
        while (await Queue.ClaimAsync("knowledge", TimeSpan.FromMinutes(1), Ct) is { } item)
        {
            claimed.Add(StrongId.Parse<KnowledgeId>(item.Subject).Document);
            if (isCompleted)
            {
                await Queue.CompleteAsync(item.Id, Ct);
            }
        }

        return claimed;
    }

    private Task SaveAsync(DocumentKnowledge knowledge) => Knowledge.SaveAsync(knowledge, [], null, Ct);

    private DocumentKnowledge Completed(DocumentId id, string method) =>
        DocumentKnowledge.Begin(id, Clock.GetUtcNow()).WithCompletion("fingerprint", DocumentSummary.Empty, 1, Clock.GetUtcNow()) with { Method = method };

    private async Task<DocumentId> GivenAsync(DocumentStatus status)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(5));
        var document = SampleChunks.Document(Clock) with { Status = status };
        await Documents.AddAsync([new DocumentArrival(document, []) { FirstWork = SampleChunks.Work(document, Clock) }], Ct);
        return document.Id;
    }
}
