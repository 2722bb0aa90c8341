using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel.Text;

namespace Idp.Unit.Kernel.Text;

public sealed class TextTests
{
    [Theory]
    [InlineData("training trains trained train", "train")]
    [InlineData("scaling scales scaled scale", "scal")]
    [InlineData("companies company", "company")]
    [InlineData("running runs run", "run")]
    [InlineData("GPUs GPU's gpu", "gpu")]
    [InlineData("business", "business")]
    [InlineData("H100s H100", "h100")]
    public void Forms_of_a_word_have_one_term(string words, string term) => TextWords.TermsOf(words).Distinct().ShouldBe([term]);

    [Fact]
    public void Words_tell_where_they_stand() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        static text => TextWords.Of(text ?? string.Empty).All(word => word.Length > 0 && word.End <= text!.Length && char.IsLetterOrDigit(text[word.Start])))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Denials_and_names_keep_their_apostrophes() => TextWords.TermsOf("doesn’t O'Brien").ShouldBe(["doesn't", "o'brien"]);

    [Fact]
    public void Sentences_end_where_a_reader_would_end_them()
    {
        const string Text = "Acme Inc. trains models. It spent $2.5 million in the U.S. last year! \"Why?\" J. Doe asked. See acme.example for more";

        TextSentences.Sentences(Text, new TextSpan(0, Text.Length)).Select(span => span.In(Text)).ShouldBe(
            ["Acme Inc. trains models.", "It spent $2.5 million in the U.S. last year!", "\"Why?\"", "J. Doe asked.", "See acme.example for more"]);
    }

    [Fact]
    public void Headings_and_list_items_are_paragraphs_of_their_own()
    {
        const string Text = "# Head\nline one\nline two\n\n- first\n- second\nrest";

        TextSentences.Paragraphs(Text).Select(span => span.In(Text)).ShouldBe(["# Head", "line one\nline two", "- first", "- second", "rest"]);
    }

    [Fact]
    public void Sentences_cover_every_word_of_a_text() => Prop.ForAll(
        Gen.Elements("One.", "two", "Three!", "\n\n", "- four", "# five", "e.g.", "\"Six?\"", "  ", "\n").ListOf().Select(static parts => string.Join(' ', parts)).ToArbitrary(),
        static text => TextSentences.Paragraphs(text).SelectMany(paragraph => TextSentences.Sentences(text, paragraph)).SelectMany(span => TextWords.TermsOf(span.In(text)))
            .SequenceEqual(TextWords.TermsOf(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Rare_terms_and_short_texts_rank_higher()
    {
        string[][] texts = [["acme", "bread"], ["bread", "bread", "milk"], ["acme", "bread", "a", "b", "c", "d", "e", "f"], ["milk"]];

        var scores = Bm25.Scores(texts, new Dictionary<string, double> { ["acme"] = 1, ["bread"] = 1 });

        scores[0].ShouldBeGreaterThan(scores[2]);
        scores[2].ShouldBeGreaterThan(0);
        scores[3].ShouldBe(0);
    }
}
