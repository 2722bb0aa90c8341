using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction;

public class LooseTextTests
{
    [Theory]
    [InlineData("  Fax-No.: ", "fax no")]
    [InlineData("(A) b,C", "a b c")]
    [InlineData("---", "")]
    public void Folds_case_and_punctuation(string text, string folded) => LooseText.Fold(text).ShouldBe(folded);

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Counts_edits(string first, string second, int edits) => LooseText.Distance(first, second).ShouldBe(edits);

    [Theory]
    [InlineData("grand tota1 rm", "grand total", true)]
    [InlineData("sub totals", "grand total", false)]
    [InlineData("cast", "cash", false)]
    [InlineData("anything", "", false)]
    public void Finds_a_phrase_despite_a_slip_in_a_long_word(string text, string phrase, bool found) =>
        LooseText.ContainsPhrase(text, phrase).ShouldBe(found);

    [Fact]
    public void Difference_is_symmetric_and_between_zero_and_one() => Prop.ForAll<string, string>((first, second) =>
        {
            var difference = LooseText.Difference(first ?? string.Empty, second ?? string.Empty);
            return difference is >= 0 and <= 1 && difference == LooseText.Difference(second ?? string.Empty, first ?? string.Empty);
        })
        .QuickCheckThrowOnFailure();
}
