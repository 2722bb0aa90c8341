using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;

namespace Idp.Integration.Retrieval;

/// <summary>What every index of vectors promises.</summary>
public abstract class VectorIndexContract
{
    private static readonly VectorSpace Space = new("space");

    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IVectorIndex Vectors { get; }

    protected abstract IChunkIndex Chunks { get; }

    protected abstract IDocumentRepository Documents { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_nearest_comes_first_and_nothing_beyond_a_right_angle()
    {
        await GivenAsync(("east", [1, 0, 0]), ("north", [0, 1, 0]), ("north-east", [1, 1, 0]), ("west", [-1, 0, 0]));

        var found = await Vectors.SearchAsync(Unit(0.9f, 0.1f, 0), Space, SearchFilter.None, 10, Ct);

        found.Select(match => match.Chunk.Chunk.Text).ShouldBe(["east", "north-east", "north"]);
        found[0].Similarity.ShouldBe(0.9 / Math.Sqrt(0.82), 1e-6);
        found[0].Chunk.Chunk.Places.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_search_gives_no_more_than_it_was_asked_for_and_the_right_ones()
    {
        await GivenAsync([.. Enumerable.Range(1, 300).Select(number => ($"{number} degrees", Angle(number * 0.25)))]);

        (await FindAsync(Angle(0), limit: 3)).ShouldBe(["1 degrees", "2 degrees", "3 degrees"]);
    }

    [Fact]
    public async Task What_is_added_replaced_and_removed_after_a_search_is_seen_by_the_next()
    {
        await GivenAsync(("old", [1, 0, 0]));
        (await FindAsync(Unit(1, 0, 0))).ShouldBe(["old"]);
        var second = await GivenAsync(("new", [1, 1, 0]));
        (await FindAsync(Unit(1, 0, 0))).ShouldBe(["old", "new"]);

        await GiveVectorsAsync(second, [0, 0, 1]);
        (await FindAsync(Unit(1, 0, 0))).ShouldBe(["old"]);
        await Chunks.RemoveAsync(second.Id, Ct);

        (await FindAsync(Unit(0, 0, 1))).ShouldBeEmpty();
        (await Vectors.HasAsync(second.Id, Space, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Vectors_go_with_their_document()
    {
        var document = await GivenAsync(("gone", [1, 0, 0]));
        await GivenAsync(("stays", [1, 0, 0]));

        await Documents.DeleteAsync(document.Id, [], Ct);

        (await FindAsync(Unit(1, 0, 0))).ShouldBe(["stays"]);
        (await Vectors.HasAsync(document.Id, Space, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Chunks_that_are_replaced_have_no_vectors_any_more()
    {
        var document = await GivenAsync(("before", [1, 0, 0]), ("beside", [1, 0, 0]));
        await FindAsync(Unit(1, 0, 0));

        await Chunks.ReplaceAsync(document.Id, SampleChunks.Chunks(document.Id, Clock, "after"), Ct);

        (await FindAsync(Unit(1, 0, 0))).ShouldBeEmpty();
        (await Vectors.HasAsync(document.Id, Space, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task All_chunks_get_vectors_or_none()
    {
        var document = await GivenAsync(("first", [1, 0, 0]), ("second", [0, 1, 0]));
        var chunks = await Chunks.ListAsync(document.Id, Ct);
        var replaced = new ChunkVector(StrongId.New<ChunkId>(Clock), Unit(1, 0, 0));

        (await Vectors.ReplaceAsync(document.Id, Space, [new ChunkVector(chunks[0].Id, Unit(0, 0, 1)), replaced], Ct)).ShouldBeFalse();
        (await Vectors.ReplaceAsync(document.Id, Space, [new ChunkVector(chunks[0].Id, Unit(0, 0, 1))], Ct)).ShouldBeFalse();
        (await Vectors.ReplaceAsync(StrongId.New<DocumentId>(Clock), Space, [], Ct)).ShouldBeFalse();

        (await FindAsync(Unit(1, 0.1f, 0))).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Vectors_of_another_space_are_not_compared()
    {
        var document = await GivenAsync(("text", [1, 0, 0]));
        var other = new VectorSpace("other");

        (await Vectors.SearchAsync(Unit(1, 0, 0), other, SearchFilter.None, 10, Ct)).ShouldBeEmpty();
        (await Vectors.HasAsync(document.Id, other, Ct)).ShouldBeFalse();
        (await Vectors.HasAsync(document.Id, Space, Ct)).ShouldBeTrue();
        (await FindAsync(Unit(1, 0, 0))).ShouldBe(["text"]);
    }

    [Fact]
    public async Task Filters_say_where_to_search()
    {
        var batch = StrongId.New<BatchId>(Clock);
        var early = Clock.GetUtcNow();
        var loan = await GivenAsync(SampleChunks.Document(Clock, DocumentKind.Loan), ("in a loan", [1, 0, 0]));
        Clock.Advance(TimeSpan.FromHours(1));
        await GivenAsync(SampleChunks.Document(Clock, DocumentKind.Receipt, batch), ("on a receipt", [1, 0, 0]));

        (await FindAsync(Unit(1, 0, 0), SearchFilter.None with { Documents = [loan.Id] })).ShouldBe(["in a loan"]);
        (await FindAsync(Unit(1, 0, 0), SearchFilter.None with { Kinds = [DocumentKind.Receipt] })).ShouldBe(["on a receipt"]);
        (await FindAsync(Unit(1, 0, 0), SearchFilter.None with { Batch = batch })).ShouldBe(["on a receipt"]);
        (await FindAsync(Unit(1, 0, 0), SearchFilter.None with { Until = early + TimeSpan.FromMinutes(30) })).ShouldBe(["in a loan"]);
    }

    protected static float[] Unit(params ReadOnlySpan<float> numbers) => UnitVector.Of(numbers).ShouldNotBeNull();

    private static float[] Angle(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180), 0];

    private Task<Document> GivenAsync(params IReadOnlyList<(string Text, float[] Direction)> texts) => GivenAsync(SampleChunks.Document(Clock), texts);

    /// <summary>Adds a document with a chunk for each text, which points into the direction beside it.</summary>
    protected async Task<Document> GivenAsync(Document document, params IReadOnlyList<(string Text, float[] Direction)> texts)
    {
        await Documents.AddAsync([new DocumentArrival(document, []) { FirstWork = SampleChunks.Work(document, Clock) }], Ct);
        await Chunks.ReplaceAsync(document.Id, SampleChunks.Chunks(document.Id, Clock, texts.Select(text => text.Text)), Ct);
        await GiveVectorsAsync(document, [.. texts.Select(text => text.Direction)]);
        return document;
    }

    private async Task GiveVectorsAsync(Document document, params IReadOnlyList<float[]> directions)
    {
        var chunks = await Chunks.ListAsync(document.Id, Ct);
        (await Vectors.ReplaceAsync(document.Id, Space, [.. chunks.Zip(directions, static (chunk, direction) => new ChunkVector(chunk.Id, Unit(direction)))], Ct)).ShouldBeTrue();
    }

    private async Task<IReadOnlyList<string>> FindAsync(float[] question, SearchFilter? filter = null, int limit = 10) =>
        [.. (await Vectors.SearchAsync(question, Space, filter ?? SearchFilter.None, limit, Ct)).Select(match => match.Chunk.Chunk.Text)];
}
