using System.Threading.Channels;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Retrieval;

public sealed class KnowledgeCatchUpTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IKnowledgeBacklog _backlog = Substitute.For<IKnowledgeBacklog>();
    private readonly Channel<DocumentId?> _looks = Channel.CreateUnbounded<DocumentId?>();
    private readonly Queue<Func<BacklogPortion>> _answers = new();

    public KnowledgeCatchUpTests() => _backlog.AddWorkAsync(default!, default, default, default!, default).ReturnsForAnyArgs(call =>
    {
        _looks.Writer.TryWrite(call.ArgAt<DocumentId?>(1));
        return Task.FromResult(_answers.Dequeue()());
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Portions_follow_each_other_to_the_oldest_document_and_the_round_begins_anew_after_a_rest()
    {
        var (newer, older) = (StrongId.New<DocumentId>(_clock), StrongId.New<DocumentId>(_clock));
        foreach (var answer in new Func<BacklogPortion>[]
                 {
                     () => new BacklogPortion([newer, older], IsLast: false), () => throw new IOException("away"), () => new BacklogPortion([], IsLast: false), () => new BacklogPortion([], IsLast: true),
                     () => new BacklogPortion([], IsLast: true),
                 })
        {
            _answers.Enqueue(answer);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = CatchUp(new RetrievalOptions()).RunAsync(stopping.Token);

        (await NextAsync(KnowledgeCatchUp.LookInterval)).ShouldBeNull();
        (await NextAsync(KnowledgeCatchUp.LookInterval)).ShouldBe(older);
        (await NextAsync(KnowledgeCatchUp.LookInterval)).ShouldBe(older);
        (await NextAsync(KnowledgeCatchUp.LookInterval)).ShouldBe(older);
        (await NextAsync(KnowledgeCatchUp.RestInterval)).ShouldBeNull();
        await stopping.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task It_can_be_turned_off(bool isEnabled, bool catchesUp)
    {
        await CatchUp(new RetrievalOptions { Enabled = isEnabled, CatchUp = catchesUp }).RunAsync(Ct);

        await _backlog.DidNotReceiveWithAnyArgs().AddWorkAsync(default!, default, default, default!, Ct);
    }

    [Fact]
    public void What_documents_must_have_follows_the_settings()
    {
        var embedding = Substitute.For<ITextEmbedding>();
        embedding.Space.Returns(new VectorSpace("space"));

        var usual = KnowledgeCatchUp.NeedOf(new RetrievalOptions(), embedding: null, _clock);
        var other = KnowledgeCatchUp.NeedOf(new RetrievalOptions { ChunkTokens = 100, ChunkOverlapTokens = 10 }, embedding, _clock);

        usual.Space.ShouldBeNull();
        other.Space.ShouldBe(new VectorSpace("space"));
        other.Method.ShouldNotBe(usual.Method);
    }

    private async Task<DocumentId?> NextAsync(TimeSpan wait)
    {
        while (_clock.TimersSet == 0)
        {
            await Task.Yield();
        }

        _clock.Advance(wait);
        return await _looks.Reader.ReadAsync(Ct);
    }

    private KnowledgeCatchUp CatchUp(RetrievalOptions options) => new(_backlog, options, _clock, NullLogger<KnowledgeCatchUp>.Instance);
}
