using Idp.Application.Kernel.Ai;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Retrieval;

public sealed class PassageSearchTests
{
    private static readonly CallContext Asker = new("search_1", Priority.High, []);

    private readonly ManualTimeProvider _clock = new();
    private readonly IChunkIndex _words = Substitute.For<IChunkIndex>();
    private readonly IVectorIndex _vectors = Substitute.For<IVectorIndex>();
    private readonly ITextEmbedding _embedding = Substitute.For<ITextEmbedding>();
    private readonly IndexedChunk _rate;
    private readonly IndexedChunk _fee;
    private readonly IndexedChunk _price;

    public PassageSearchTests()
    {
        (_rate, _fee, _price) = (ChunkOf("The interest rate is 6 percent."), ChunkOf("A late payment costs 35 dollars."), ChunkOf("The price of money rose."));
        _words.SearchAsync(default!, default!, default, default).ReturnsForAnyArgs(new ChunkMatches(
            [new ChunkMatch(_rate, new PassageScore(9, 1)), new ChunkMatch(_fee, new PassageScore(2, 0.2))],
            new CollectionStatistics(3, 6, new Dictionary<string, long>(StringComparer.Ordinal) { ["interest"] = 1, ["rat"] = 1 })));
        _vectors.SearchAsync(default!, default, default!, default, default).ReturnsForAnyArgs([new VectorMatch(_price, 0.9), new VectorMatch(_rate, 0.8)]);
        _embedding.EmbedAsync(default!, default, default!, default).ReturnsForAnyArgs(Result<IReadOnlyList<float[]>>.Success([[1, 0]]));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_rankings_are_united()
    {
        var found = (await FindAsync(SearchMode.Hybrid)).Value.ShouldNotBeNull();

        found.Mode.ShouldBe(SearchMode.Hybrid);
        found.Found.Matches.Select(match => match.Chunk).ShouldBe([_rate, _price, _fee]);
        found.Found.Matches.Select(match => match.Score.Coverage).ShouldBe([1, 0, 0.2]);
    }

    [Fact]
    public async Task By_meaning_alone_the_nearest_comes_first_and_its_score_is_the_cosine()
    {
        var found = (await FindAsync(SearchMode.Vector)).Value.ShouldNotBeNull();

        found.Found.Matches.Select(match => (match.Chunk, match.Score.Score)).ShouldBe([(_price, 0.9), (_rate, 0.8)]);
        found.Found.Matches[1].Score.Coverage.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public async Task By_words_alone_nothing_is_paid()
    {
        (await FindAsync(SearchMode.Lexical)).Value.ShouldNotBeNull().Found.Matches.Select(match => match.Chunk).ShouldBe([_rate, _fee]);

        await _embedding.DidNotReceiveWithAnyArgs().EmbedAsync(default!, default, default!, Ct);
    }

    [Fact]
    public async Task Words_in_quotes_must_stand_together_also_where_meaning_counts() =>
        (await FindAsync(SearchMode.Hybrid, "\"interest rate\"")).Value.ShouldNotBeNull().Found.Matches.Select(match => match.Chunk).ShouldNotContain(_price);

    [Fact]
    public async Task Without_a_provider_both_means_words_and_meaning_is_refused()
    {
        var search = new PassageSearch(_words, _vectors, NullLogger<PassageSearch>.Instance);

        (await search.FindAsync(Query(SearchMode.Hybrid), Asker, Ct)).Value.ShouldNotBeNull().Mode.ShouldBe(SearchMode.Lexical);
        (await search.FindAsync(Query(SearchMode.Vector), Asker, Ct)).Error.ShouldBe(RetrievalErrors.NoVectors());
    }

    [Fact]
    public async Task Where_the_provider_fails_words_answer_unless_only_meaning_counts()
    {
        _embedding.EmbedAsync(default!, default, default!, Ct).ReturnsForAnyArgs(ModelErrors.Unavailable("status 503"));

        var found = (await FindAsync(SearchMode.Hybrid)).Value.ShouldNotBeNull();

        (found.Mode, found.Found.Matches.Count).ShouldBe((SearchMode.Lexical, 2));
        (await FindAsync(SearchMode.Vector)).Error.ShouldNotBeNull().Code.ShouldBe("model.unavailable");
    }

    private static PassageQuery Query(SearchMode mode, string text = "interest rate") => new(text, mode, SearchFilter.None, 10);

    private Task<Result<FoundPassages>> FindAsync(SearchMode mode, string text = "interest rate") =>
        new PassageSearch(_words, _vectors, NullLogger<PassageSearch>.Instance, _embedding).FindAsync(Query(mode, text), Asker, Ct);

    private IndexedChunk ChunkOf(string text) => new(StrongId.New<ChunkId>(_clock), StrongId.New<DocumentId>(_clock), "report.pdf", new Chunk(0, [], text, [], 8));
}
