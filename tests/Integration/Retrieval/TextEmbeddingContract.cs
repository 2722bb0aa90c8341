using Idp.Application.Kernel.Ai;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;

namespace Idp.Integration.Retrieval;

/// <summary>What everybody promises who makes vectors of texts.</summary>
public abstract class TextEmbeddingContract
{
    protected static readonly CallContext Payer = new("doc_0197a0000000700080000000000000aa", Priority.Low, [BudgetScope.Of("doc_0197a0000000700080000000000000aa")]);

    protected abstract ITextEmbedding Embedding { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_text_gets_a_vector_of_length_1_in_its_place()
    {
        var together = await EmbedAsync("a granite harbour", "interest on savings", "a granite harbour");

        together.Count.ShouldBe(3);
        together.ShouldAllBe(vector => Math.Abs(vector.Sum(static number => (double)number * number) - 1) < 1e-3);
        together[2].ShouldBe(together[0]);
        (await EmbedAsync("interest on savings"))[0].ShouldBe(together[1]);
    }

    [Fact]
    public async Task Texts_that_say_similar_things_are_near_each_other()
    {
        var vectors = await EmbedAsync("interest is paid on the savings account", "the interest of a savings account is paid", "a granite harbour in the north");

        Cosine(vectors[0], vectors[1]).ShouldBeGreaterThan(Cosine(vectors[0], vectors[2]));
    }

    [Fact]
    public async Task Nothing_is_made_of_nothing() => (await EmbedAsync()).ShouldBeEmpty();

    [Fact]
    public async Task Who_cancels_gets_no_vectors()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Embedding.EmbedAsync(["a text that nobody asked for before"], TextRole.Passage, Payer, cancelled.Token));
    }

    protected async Task<IReadOnlyList<float[]>> EmbedAsync(params IReadOnlyList<string> texts) =>
        (await Embedding.EmbedAsync(texts, TextRole.Passage, Payer, Ct)).Value.ShouldNotBeNull();

    private static double Cosine(float[] left, float[] right) => left.Zip(right, static (one, other) => (double)one * other).Sum();
}
