using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Retrieval;

public sealed class AskDocumentsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IChunkIndex _index = Substitute.For<IChunkIndex>();
    private readonly ILanguageModel _model = Substitute.For<ILanguageModel>();
    private readonly ChunkMatches _found;

    public AskDocumentsTests()
    {
        _found = new ChunkMatches(
            [MatchOf("The interest rate is 6.000 percent."), MatchOf("A late payment costs 35 dollars.")],
            new CollectionStatistics(2, 6, new Dictionary<string, long>(StringComparer.Ordinal) { ["lat"] = 1, ["payment"] = 1, ["cost"] = 1 }));
        _index.SearchAsync(default!, default!, default, default).ReturnsForAnyArgs(_found);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_reply_cites_passages_by_their_ids_and_others_do_not_count()
    {
        var claimed = Read($$"""{"answer":"6 percent","found":true,"citations":[{"chunk_id":"{{_found.Matches[0].Chunk.Id}}","quote":"6.000"},{"chunk_id":"chk_0","quote":"x"}]}""");

        claimed.Value.ShouldNotBeNull().Citations.ShouldBe([new ClaimedCitation(0, "6.000")]);
    }

    [Theory]
    [InlineData("""{"found":true,"citations":[]}""")]
    [InlineData("""{"answer":"x","citations":[]}""")]
    [InlineData("""{"answer":"x","found":true}""")]
    [InlineData("[]")]
    public void A_reply_without_its_parts_is_malformed(string reply) => Read(reply).Error.ShouldNotBeNull().Code.ShouldBe("model.malformed-reply");

    [Fact]
    public void Without_a_model_the_answer_is_a_quote() => new AnswerTask("What does a late payment cost?", _found).AnswerByRules().ShouldBe(
        new ClaimedAnswer("A late payment costs 35 dollars.", true, [new ClaimedCitation(1, "A late payment costs 35 dollars.")]));

    [Fact]
    public async Task What_is_too_large_for_the_model_is_asked_with_fewer_passages()
    {
        _model.AskAsync(Arg.Is<AnswerTask>(task => task.Found.Matches.Count == 2), Arg.Any<CallContext>(), Arg.Any<CancellationToken>()).Returns(ModelErrors.InputTooLarge());
        _model.AskAsync(Arg.Is<AnswerTask>(task => task.Found.Matches.Count == 1), Arg.Any<CallContext>(), Arg.Any<CancellationToken>()).Returns(
            new ModelAnswer<ClaimedAnswer>(new ClaimedAnswer("The rate is 6.000 percent.", true, [new ClaimedCitation(0, "interest rate is 6.000 percent")]), 1));

        var answer = await AskAsync();

        answer.Value.ShouldNotBeNull().Answer.IsFound.ShouldBeTrue();
        answer.Value.Passages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_provider_refuses_is_told()
    {
        _model.AskAsync(Arg.Any<AnswerTask>(), Arg.Any<CallContext>(), Arg.Any<CancellationToken>()).Returns(ModelErrors.Unauthorised());

        (await AskAsync()).Error.ShouldBe(ModelErrors.Unauthorised());
    }

    [Fact]
    public async Task Nothing_is_asked_where_nothing_was_found()
    {
        _index.SearchAsync(default!, default!, default, Ct).ReturnsForAnyArgs(_found with { Matches = [] });

        (await AskAsync()).Value.ShouldNotBeNull().Answer.ShouldBe(CitedAnswer.NotFound);

        await _model.DidNotReceiveWithAnyArgs().AskAsync<ClaimedAnswer>(default!, default!, Ct);
    }

    private Task<Result<DocumentsAnswer>> AskAsync() => new AskDocumentsHandler(new PassageSearch(_index, Substitute.For<IVectorIndex>(), NullLogger<PassageSearch>.Instance), _model).Handle(new AskDocuments("What is the interest rate?", 2, SearchFilter.None), Ct);

    private Result<ClaimedAnswer> Read(string reply)
    {
        using var json = JsonDocument.Parse(reply);
        return new AnswerTask("What is the rate?", _found).Read(json.RootElement, static page => page);
    }

    private ChunkMatch MatchOf(string text) => new(
        new IndexedChunk(StrongId.New<ChunkId>(_clock), StrongId.New<DocumentId>(_clock), "report.pdf", new Chunk(0, [], text, [], 8)), new PassageScore(1, 1));
}
