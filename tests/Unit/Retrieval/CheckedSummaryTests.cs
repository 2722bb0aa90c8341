using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel.Text;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class CheckedSummaryTests
{
    private const string Text =
        "Harbour Savings Bank lends Amara Whitfield 122,438.29 dollars. The interest rate of the loan is 6.000 percent a year. It is due on March 1, 2031. Contract HSB-2231 is signed by two officers.";

    [Theory]
    [InlineData("Harbour Savings Bank lends Amara Whitfield money.")]
    [InlineData("Overall, the loan is due on March 1, 2031.")]
    [InlineData("The rate of the loan is 6 percent a year.")]
    [InlineData("The bank lends 122438.29 dollars.")]
    [InlineData("Contract HSB-2231 is signed by two officers.")]
    public void Sentences_that_the_text_bears_out_stand(string sentence) => CheckedSummary.Keep(sentence, Text).ShouldBe(sentence);

    [Theory]
    [InlineData("The interest rate of the loan is 6.5 percent a year.")]
    [InlineData("The loan is due on March 1, 2032.")]
    [InlineData("Harbour Savings Bank lends Bernard Whitfield 122,438.29 dollars.")]
    [InlineData("Contract HSB-2232 is signed by two officers.")]
    [InlineData("The contract is signed by seven officers.")]
    [InlineData("Citibank lends the loan for a year.")]
    [InlineData("The weather was pleasant while children played along sandy beaches.")]
    [InlineData("...")]
    [InlineData("")]
    public void Sentences_with_figures_names_or_words_of_their_own_are_left_out(string sentence) => CheckedSummary.Keep(sentence, Text).ShouldBeEmpty();

    [Fact]
    public void What_is_invented_takes_nothing_else_with_it() => CheckedSummary.Keep(
            "- The interest rate of the loan is 6.000 percent a year.\n- The fee is 95 dollars.\n- It is due on March 1, 2031.", Text)
        .ShouldBe("The interest rate of the loan is 6.000 percent a year. It is due on March 1, 2031.");

    [Fact]
    public void The_pages_of_a_summary_are_those_of_its_sentences()
    {
        CleanedPage[] pages = [Page(1, "A cover."), Page(4, "The interest rate of the loan is six percent a year."), Page(7, "A late payment costs 35 dollars.")];

        var summary = CheckedSummary.Of("A late payment costs 35 dollars. The rate of the loan is six percent.", pages).ShouldNotBeNull();

        summary.Pages.ShouldBe([4, 7]);
        summary.Source.ShouldBe(SummarySource.Model);
        CheckedSummary.Of("A late payment costs 36 dollars.", pages).ShouldBeNull();
    }

    [Fact]
    public void A_summary_is_never_longer_than_its_text_and_has_no_figure_of_its_own() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNull<string> Claimed, byte Repeats, byte Figure)>(), given =>
        {
            var claimed = string.Concat(Enumerable.Repeat($"{given.Claimed.Get} The rate is {given.Figure} percent. It is due on March 1, 2031. ", given.Repeats % 9));

            var kept = CheckedSummary.Keep(claimed, Text);

            return kept.Length <= Text.Length
                && TextWords.Of(kept).Where(word => char.IsAsciiDigit(kept[word.Start])).All(word => Text.Contains(kept.Substring(word.Start, word.Length), StringComparison.OrdinalIgnoreCase));
        }).QuickCheckThrowOnFailure();

    private static CleanedPage Page(int number, string text) => new(number, [TextBlock.Of(BlockKind.Paragraph, 0, text)]);
}
