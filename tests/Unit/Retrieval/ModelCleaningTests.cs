using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class ModelCleaningTests
{
    private const string Rate = "The interest rate of the loan is six percent a year, and it is due each month.";
    private const string Note = "Continued on next page";

    private static readonly string[] Words = ["loan", "rate", "six", "page", "of", "continued", "35", "2024", "Fairbanks", "the"];

    private readonly ValueList<CleanedPage> _pages = [Page(1, Rate, Note), Page(2, "The borrower is Ottilie Fairbanks, who signed the note in April.", Note)];

    [Fact]
    public void What_the_model_leaves_out_goes_as_long_as_it_is_said_elsewhere()
    {
        var cleaned = ModelCleaning.Apply(_pages, Claims((1, Rate)));

        TextOf(cleaned).ShouldBe([Rate, .. TextOf(_pages).Skip(2)]);
    }

    [Fact]
    public void What_is_said_nowhere_else_stays_whatever_the_model_leaves_out()
    {
        ValueList<CleanedPage> pages = [Page(1, Rate, "Signed by Bernard.", Note), _pages[1]];

        TextOf(ModelCleaning.Apply(pages, Claims((1, Rate)))).ShouldBe([Rate, "Signed by Bernard.", .. TextOf(_pages).Skip(2)]);
    }

    [Fact]
    public void Figures_go_only_where_the_same_words_say_them_again()
    {
        ValueList<CleanedPage> pages = [Page(1, Rate, "Fee 35 dollars", "Branch 7"), Page(2, "Of 35 branches few charge a fee in dollars: branch 7 does, and so do others.", "Branch 7")];

        TextOf(ModelCleaning.Apply(pages, Claims((1, Rate)))).ShouldBe([Rate, "Fee 35 dollars", .. TextOf(pages).Skip(3)]);
    }

    [Theory]
    [InlineData(BlockKind.Table)]
    [InlineData(BlockKind.ListItem)]
    public void Tables_and_entries_of_lists_stay(BlockKind kind)
    {
        ValueList<CleanedPage> pages = [new CleanedPage(1, [TextBlock.Of(BlockKind.Paragraph, 0, Rate), TextBlock.Of(kind, 0, Note)]), _pages[1]];

        ModelCleaning.Apply(pages, Claims((1, Rate))).ShouldBe(pages);
    }

    [Fact]
    public void A_page_of_which_most_is_left_out_stays_whole() => ModelCleaning.Apply(_pages, Claims((1, Note), (2, string.Empty))).ShouldBe(_pages);

    [Fact]
    public void Words_that_the_model_adds_or_changes_are_never_taken_over() =>
        ModelCleaning.Apply(_pages, Claims((1, $"{Rate} Paid in full.\n{Note}"))).ShouldBe(_pages);

    [Fact]
    public void Only_pages_on_which_something_could_go_are_doubtful()
    {
        ValueList<CleanedPage> pages = [.. _pages, Page(3, "Nothing here is said twice.")];

        ModelCleaning.Doubtful(pages).Select(static page => page.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public void No_word_of_the_document_is_lost_whatever_the_model_answers() => Prop.ForAll<byte[][], byte[]>((blocks, left) =>
    {
        var pages = blocks.Select((block, index) => Page(index + 1, [.. TextsOf(block)])).ToValueList();
        var claims = pages.ToDictionary(
            static page => page.Number, page => string.Join('\n', page.Blocks.Where((_, index) => left.Length > 0 && left[(page.Number + index) % left.Length] % 3 != 0).Select(static block => block.Text)));

        return TermsOf(ModelCleaning.Apply(pages, claims)).SetEquals(TermsOf(pages));
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<string> TextsOf(byte[] block) => block.Chunk(3).Select(static part => string.Join(' ', part.Select(static number => Words[number % Words.Length])));

    private static HashSet<string> TermsOf(IEnumerable<CleanedPage> pages) => TextOf(pages).SelectMany(static text => SearchTerms.Of(text).All)
        .Where(static term => !TextWords.IsStopTerm(term)).ToHashSet(StringComparer.Ordinal);

    private static Dictionary<int, string> Claims(params IEnumerable<(int Page, string Text)> claims) => claims.ToDictionary(static claim => claim.Page, static claim => claim.Text);

    private static IEnumerable<string> TextOf(IEnumerable<CleanedPage> pages) => pages.SelectMany(static page => page.Blocks).Select(static block => block.Text);

    private static CleanedPage Page(int number, params string[] texts) => new(number, texts.Select(static text => TextBlock.Of(BlockKind.Paragraph, 0, text)).ToValueList());
}
