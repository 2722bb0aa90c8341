using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Research;

namespace Idp.Unit.Research;

public sealed class QuoteTests
{
    private const string Text = "Acme’s  fleet — 2,000 “H100” cards —\nruns **day and night**. It will grow.";

    [Theory]
    [InlineData("Acme's fleet - 2,000 \"H100\" cards - runs day and night.")]
    [InlineData("2,000 “H100” cards")]
    [InlineData("RUNS DAY AND NIGHT")]
    [InlineData("…day and night. It will grow…")]
    public void Letter_case_space_marks_and_dashes_do_not_count(string quote) => Quotes.IsIn(quote, Text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("fleet")]
    [InlineData("3,000 “H100” cards")]
    [InlineData("000 “H100” cards")]
    [InlineData("runs night and day")]
    [InlineData("fleet — 2,000 “H100” card")]
    public void Other_words_parts_of_words_and_too_short_a_quote_are_not_found(string quote) => Quotes.IsIn(quote, Text).ShouldBeFalse();

    [Fact]
    public void Whatever_stands_between_two_spaces_of_a_text_is_found_in_it() => Prop.ForAll(
        Gen.Elements("alpha", "beta,", "gamma", "“delta”", "2,000", "e-mail").NonEmptyListOf().Where(static words => words.Count >= 4).ToArbitrary(),
        static words =>
        {
            var text = string.Join(' ', words);
            var quote = string.Join("  ", words.Skip(1).Take(3));
            return quote.Length < 12 || Quotes.IsIn(quote, text);
        }).QuickCheckThrowOnFailure();
}
