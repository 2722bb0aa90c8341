using System.ComponentModel.DataAnnotations;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Retrieval.Embeddings;

namespace Idp.Unit.Retrieval;

public sealed class EmbeddingCallsTests
{
    private static readonly VectorSpace Space = new("space");

    [Fact]
    public void Texts_go_into_as_few_calls_as_the_limits_allow() => EmbeddedText
        .Pack(Texts("one", "two", "three", "four", "five"), mostTexts: 2, mostTokens: 1000).Select(pack => pack.Count).ShouldBe([2, 2, 1]);

    [Fact]
    public void No_call_has_more_than_its_limits_and_no_text_is_lost() => Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt[]>(), ArbMap.Default.ArbFor<PositiveInt>(),
            static (lengths, most) =>
            {
                var texts = lengths.Select(static (length, index) => EmbeddedText.Of($"{index} {new string('x', length.Get)}", Space, 1_000)).ToList();
                var packs = EmbeddedText.Pack(texts, most.Get, 20);
                return packs.SelectMany(static pack => pack).SequenceEqual(texts)
                    && packs.All(pack => pack.Count > 0 && pack.Count <= most.Get && (pack.Count == 1 || pack.Sum(static text => text.Tokens) <= 20));
            })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_that_is_too_long_is_cut_and_keeps_its_key()
    {
        var text = string.Concat(Enumerable.Repeat("😀 word ", 100));

        var cut = EmbeddedText.Of(text, Space, 50);

        cut.Tokens.ShouldBeLessThanOrEqualTo(50);
        text.ShouldStartWith(cut.Text);
        char.IsHighSurrogate(cut.Text[^1]).ShouldBeFalse();
        cut.Key.ShouldBe(EmbeddedText.Of(text, Space, 1_000).Key);
        cut.Halved().Text.Length.ShouldBeLessThan(cut.Text.Length);
    }

    [Theory]
    [InlineData("""{"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[3,0]}],"usage":{"prompt_tokens":7}}""")]
    [InlineData("""{"data":[{"embedding":"AABAQAAAAAA="},{"embedding":"AAAAAAAAAEA="}],"usage":{"total_tokens":7}}""")]
    public void A_reply_is_read_by_its_indexes_as_numbers_and_as_base64(string reply)
    {
        var read = EmbeddingTransport.Read(Encoding.UTF8.GetBytes(reply), RequestFor("first", "second")).ShouldNotBeNull();

        VectorText.Read(read.Content).ShouldBe([[1, 0], [0, 1]]);
        (read.Usage.InputTokens, read.Usage.Estimated).ShouldBe((7, false));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":5,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[0]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":["x"]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":"%%%"}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},null]}""")]
    public void What_is_not_one_vector_for_each_text_is_no_reply(string reply) =>
        EmbeddingTransport.Read(Encoding.UTF8.GetBytes(reply), RequestFor("first", "second")).ShouldBeNull();

    [Fact]
    public void Tokens_that_are_not_told_are_counted_as_the_most_that_they_can_be()
    {
        var request = RequestFor("first");

        EmbeddingTransport.Read("""{"data":[{"embedding":[1]}]}"""u8, request).ShouldNotBeNull().Usage.ShouldBe(new TokenUsage(request.InputTokenBound, 0, Estimated: true));
    }

    [Theory]
    [InlineData("openai", "", "http://127.0.0.1/v1", "", "EMBEDDING__MODEL")]
    [InlineData("openai", "m", "https://api.openai.com/v1", "", "EMBEDDING__API_KEY")]
    [InlineData("openai", "m", "127.0.0.1:80", "", "EMBEDDING__BASE_URL")]
    [InlineData("none", "", "https://api.openai.com/v1", "a b", "EMBEDDING__API_KEY")]
    public void Settings_that_cannot_work_are_refused_at_the_start(string provider, string model, string address, string key, string fault)
    {
        var options = new EmbeddingOptions { Provider = provider, Model = model, BaseUrl = address, ApiKey = key };

        options.Validate(new ValidationContext(options)).ShouldHaveSingleItem().ErrorMessage.ShouldNotBeNull().ShouldContain(fault);
    }

    [Fact]
    public void Without_a_provider_nothing_has_to_be_set() => new EmbeddingOptions().Validate(new ValidationContext(new object())).ShouldBeEmpty();

    [Theory]
    [InlineData("\U0001F600a")]
    [InlineData("\U0001F600\U0001F601\U0001F602")]
    [InlineData("a\U0001F600")]
    [InlineData("\ud83d\ud83d\ud83d")]
    public void A_text_is_halved_down_to_its_first_character_and_no_further(string text)
    {
        var halved = EmbeddedText.Of(text, Space, 1_000);
        for (var halves = 0; !halved.IsOneCharacter; halves++)
        {
            halves.ShouldBeLessThan(text.Length);
            halved = halved.Halved();
        }

        text.ShouldStartWith(halved.Text);
        halved.Text.ShouldNotBeEmpty();
        halved.Halved().ShouldBe(halved);
    }

    private static List<EmbeddedText> Texts(params IEnumerable<string> texts) => [.. texts.Select(static text => EmbeddedText.Of(text, Space, 1_000))];

    private static ModelRequest RequestFor(params IEnumerable<string> texts) => new(
        "embedding", string.Empty, string.Join('\n', texts), string.Empty, 0, Texts(texts).Select(static text => new ModelSection(0, text.Text, text.Key)).ToValueList())
    {
        IsAnsweredBy = static _ => true,
    };
}
