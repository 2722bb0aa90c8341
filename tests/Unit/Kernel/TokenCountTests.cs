using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel;

public sealed class TokenCountTests
{
    /// <summary>Words, figures, white space, rules, foreign letters, emoji and broken surrogates, in any order.</summary>
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
            Gen.Elements("word", "A", "BALANCE", "antidisestablishmentarianism", "1,118.11", "20101226", "    ", " ", "\n", "------", "._,", "é", "汉字", "😀", "\ud800", "\0"))
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Fact]
    public void The_upper_bound_is_what_a_tokenizer_of_bytes_makes() =>
        Prop.ForAll(Texts, text => TokenCount.UpperBound(text) == Encoding.UTF8.GetBytes(text).Length).QuickCheckThrowOnFailure();

    [Fact]
    public void The_estimate_undercounts_no_tokenizer_by_more_than_the_stated_factor() =>
        Prop.ForAll(Texts, text => TokenCount.Estimate(text) * TokenCount.MostUndercounted >= TokenCount.UpperBound(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_estimate_never_exceeds_the_upper_bound() =>
        Prop.ForAll(Texts, text => TokenCount.Estimate(text) <= TokenCount.UpperBound(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_is_never_estimated_below_a_part_of_it_by_more_than_a_token() => Prop.ForAll(Texts, Texts, (first, second) =>
        TokenCount.Estimate(first + second) >= Math.Max(TokenCount.Estimate(first), TokenCount.Estimate(second)) - 1).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10, 12)]
    [InlineData("Payment of $1,118.11 is due on December 26, 2010.", 18, 24)]
    [InlineData("________________________________", 2, 8)]
    public void Ordinary_text_is_estimated_a_little_high(string text, int least, int most) => TokenCount.Estimate(text).ShouldBeInRange(least, most);
}
