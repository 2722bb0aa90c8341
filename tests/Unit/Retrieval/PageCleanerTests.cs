using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class PageCleanerTests
{
    private static readonly string[] Words = ["river", "harbour", "lantern", "meadow", "copper", "granite", "ledger", "orchard", "thimble", "saddle"];

    [Fact]
    public void A_running_header_stays_on_the_first_page_only()
    {
        var pages = Enumerable.Range(1, 4).Select(number => SamplePages.Page(
            number, [new PageLine(0.1, 0.04, "Harbour Trust annual report"), .. SamplePages.Lines(0.1, 0.3, $"What page {Words[number]} says about the harbour.")]));

        var cleaned = Clean([.. pages]);

        cleaned.Select(page => page.ToMarkdown().Contains("Harbour Trust annual report", StringComparison.Ordinal)).ShouldBe([true, false, false, false]);
    }

    [Fact]
    public void Page_numbers_go_wherever_they_stand_at_the_edge()
    {
        var pages = Enumerable.Range(1, 4).Select(number => SamplePages.Page(
            number, [.. SamplePages.Lines(0.1, 0.3, "Some text of a page."), new PageLine(0.5, number == 3 ? 0.88 : 0.95, $"{number + 6}")]));

        Clean([.. pages]).ShouldAllBe(page => page.ToMarkdown() == "Some text of a page.");
    }

    [Fact]
    public void Amounts_at_the_same_place_of_every_page_are_no_page_numbers()
    {
        var pages = Enumerable.Range(1, 4).Select(number => SamplePages.Page(
            number, [.. SamplePages.Lines(0.1, 0.3, "Some text of a page."), new PageLine(0.5, 0.95, $"Total {number * 137}.50")]));

        Clean([.. pages]).ShouldAllBe(page => page.ToMarkdown().Contains("Total", StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_lines_become_paragraphs_and_broken_words_whole()
    {
        var page = SamplePages.Page(1, [
            .. SamplePages.Lines(0.1, 0.2, "The bank will lend the money for the build-", "ing of a long-", "term home and a ship-", "ment of co-", "pper; long-term loans cost more."),
            .. SamplePages.Lines(0.1, 0.4, "Another paragraph begins here."),
        ]);

        Clean([page])[0].Blocks.Select(block => block.Text).ShouldBe(
            ["The bank will lend the money for the building of a long-term home and a shipment of copper; long-term loans cost more.", "Another paragraph begins here."]);
    }

    [Fact]
    public void Ligatures_and_quotes_are_written_as_they_are_typed()
    {
        var page = SamplePages.Page(1, SamplePages.Lines(0.1, 0.2, "The \uFB01rst o\uFB03ce said \u201Cit\u2019s \uFB02at\u201D."));

        Clean([page])[0].Blocks[0].Text.ShouldBe("The first office said \"it's flat\".");
    }

    [Fact]
    public void Columns_are_read_one_after_the_other()
    {
        string[] left = ["The first column tells how", "the harbour was built out of", "granite that came by ship from", "the north and was cut by hand", "before the winter storms came."];
        string[] right = ["The second column tells what", "the trade in copper brought to", "the town and why it ended when", "the mine was closed after a fire", "that nobody could put out."];

        var text = Clean([SamplePages.Page(1, [.. SamplePages.Lines(0.1, 0.2, left), .. SamplePages.Lines(0.55, 0.2, right)])])[0].ToMarkdown();

        text.ShouldBe(string.Join(' ', left) + "\n\n" + string.Join(' ', right));
    }

    [Fact]
    public void Rows_of_cells_become_a_markdown_table()
    {
        var page = SamplePages.Page(1, [
            .. SamplePages.Row(0.20, (0.1, "Date"), (0.3, "Description"), (0.7, "Amount")),
            .. SamplePages.Row(0.22, (0.1, "03/01"), (0.3, "Opening deposit"), (0.7, "250.00")),
            .. SamplePages.Row(0.24, (0.1, "03/04"), (0.3, "Pipes | fittings"), (0.7, "18.20")),
        ]);

        var block = Clean([page])[0].Blocks.ShouldHaveSingleItem();

        block.Kind.ShouldBe(BlockKind.Table);
        block.Text.ShouldBe("| Date | Description | Amount |\n| --- | --- | --- |\n| 03/01 | Opening deposit | 250.00 |\n| 03/04 | Pipes \\| fittings | 18.20 |");
    }

    [Fact]
    public void Headings_are_known_by_size_and_by_number()
    {
        var page = SamplePages.Page(1, [
            new PageLine(0.1, 0.05, "The Harbour") { Scale = 2 },
            .. SamplePages.Lines(0.1, 0.2, "Some running text about the harbour and the ships that lie in it over winter.", "It goes on for another line so that its height is the usual one."),
            new PageLine(0.1, 0.3, "2.1 Ships of the Line"),
            .. SamplePages.Lines(0.1, 0.35, "More running text about ships and about what they carry and to whom they belong."),
        ]);

        Clean([page])[0].Blocks.Where(block => block.Kind == BlockKind.Heading).Select(block => (block.Level, block.Text)).ShouldBe([(1, "The Harbour"), (3, "2.1 Ships of the Line")]);
    }

    [Fact]
    public void Every_character_of_a_block_that_was_printed_has_its_place()
    {
        var page = SamplePages.Page(7, SamplePages.Lines(0.1, 0.2, "First line of three", "second line of three", "and the third."));

        var block = Clean([page])[0].Blocks.ShouldHaveSingleItem();

        block.Places.Select(place => (block.Text.Substring(place.Start, place.Length), place.Page)).ShouldBe([("First line of three", 7), ("second line of three", 7), ("and the third.", 7)]);
        block.Places.Select(place => place.Box.Y).ShouldBeInOrder();
    }

    /// <summary>The bar: what is no boilerplate keeps its words, however lines are laid out.</summary>
    [Fact]
    public void No_word_is_lost() => Prop.ForAll(
            (from count in Gen.Choose(1, 5)
             from pages in Gen.ArrayOf(Gen.ArrayOf(GenLine(), 12), count)
             select pages).ToArbitrary(),
            static drawn =>
            {
                Page[] pages = [.. drawn.Select((lines, index) => SamplePages.Page(index + 1, lines.Select((line, row) => line with { Y = 0.2 + (row * line.Y) })))];
                var expected = pages.SelectMany(page => page.Words.Select(word => word.Text)).Order(StringComparer.Ordinal);
                var kept = Clean(pages).SelectMany(page => page.Blocks).SelectMany(block => block.Text.Split([' ', '\n', '|'], StringSplitOptions.RemoveEmptyEntries)).Where(word => word != "---");
                return kept.Order(StringComparer.Ordinal).SequenceEqual(expected, StringComparer.Ordinal);
            })
        .QuickCheckThrowOnFailure();

    private static Gen<PageLine> GenLine() =>
        from x in Gen.Elements(0.1, 0.12, 0.5)
        from gap in Gen.Elements(0.015, 0.03, 0.05)
        from words in Gen.ArrayOf(Gen.Elements(Words), 6)
        from count in Gen.Choose(1, 6)
        select new PageLine(x, gap, string.Join(' ', words.Take(count)));

    private static IReadOnlyList<CleanedPage> Clean(IReadOnlyList<Page> pages)
    {
        var context = CleaningContext.Of(pages);
        return [.. pages.Select(page => PageCleaner.Clean(page, context))];
    }
}
