using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class ChunkerTests
{
    private static readonly ChunkSettings Settings = new(64, 16);

    [Fact]
    public void What_fits_stays_together_under_its_headings()
    {
        var chunks = Divide([
            TextBlock.Of(BlockKind.Heading, 1, "Loans"), TextBlock.Of(BlockKind.Heading, 2, "Rates"),
            TextBlock.Of(BlockKind.Paragraph, 0, "The rate is six percent."), TextBlock.Of(BlockKind.ListItem, 0, "fixed"), TextBlock.Of(BlockKind.ListItem, 0, "for ten years"),
        ]);

        var chunk = chunks.ShouldHaveSingleItem();
        chunk.Headings.ShouldBe(["Loans", "Rates"]);
        chunk.Text.ShouldBe("Loans\n\nRates\n\nThe rate is six percent.\nfixed\nfor ten years");
    }

    [Fact]
    public void A_section_of_some_size_begins_a_chunk_of_its_own()
    {
        var chunks = Divide([
            TextBlock.Of(BlockKind.Heading, 1, "Loans"), TextBlock.Of(BlockKind.Paragraph, 0, Sentences(3)),
            TextBlock.Of(BlockKind.Heading, 1, "Savings"), TextBlock.Of(BlockKind.Paragraph, 0, Sentences(2)),
        ]);

        chunks.Select(chunk => chunk.Headings[0]).ShouldBe(["Loans", "Savings"]);
    }

    [Fact]
    public void Every_part_of_a_table_has_its_header()
    {
        const string Header = "| Date | Amount |\n| --- | --- |";
        var rows = string.Join('\n', Enumerable.Range(1, 30).Select(day => $"| March {day} | {day * 11}.00 |"));

        var chunks = Divide([TextBlock.Of(BlockKind.Table, 0, $"{Header}\n{rows}")]);

        chunks.Count.ShouldBeGreaterThan(2);
        chunks.ShouldAllBe(chunk => chunk.Text.StartsWith(Header + "\n", StringComparison.Ordinal));
        string.Join('\n', chunks.Select(chunk => chunk.Text[(Header.Length + 1)..])).ShouldBe(rows);
    }

    [Fact]
    public void A_chunk_of_running_text_repeats_the_end_of_the_one_before()
    {
        var chunks = Divide([TextBlock.Of(BlockKind.Paragraph, 0, Sentences(20))]);

        chunks.Zip(chunks.Skip(1)).ShouldAllBe(pair => pair.First.Text.EndsWith(pair.Second.Text.Substring(0, pair.Second.Text.IndexOf('.') + 1), StringComparison.Ordinal));
    }

    [Fact]
    public void A_paragraph_that_goes_on_on_the_next_page_is_one_with_both_pages()
    {
        static TextBlock Printed(string text, int page) => new(BlockKind.Paragraph, 0, text, [new TextPlace(0, text.Length, page, new Box(0.1, 0.1, 0.5, 0.01))]);
        var chunks = Chunker.Divide([new CleanedPage(1, [Printed("The loan was paid by the own-", 1)]), new CleanedPage(2, [Printed("er of the house.", 2)])], Settings);

        var chunk = chunks.ShouldHaveSingleItem();
        chunk.Text.ShouldBe("The loan was paid by the owner of the house.");
        chunk.Pages.ShouldBe([1, 2]);
        chunk.Places.Select(place => chunk.Text.Substring(place.Start, place.Length)).ShouldBe(["The loan was paid by the own", "er of the house."]);
    }

    [Fact]
    public void No_chunk_is_over_the_budget_and_no_word_is_lost() => Prop.ForAll(
            Gen.ArrayOf(GenBlock()).ToArbitrary(),
            static blocks =>
            {
                var chunks = Divide(blocks);
                var words = chunks.SelectMany(chunk => WordsOf(chunk.Text)).ToHashSet(StringComparer.Ordinal);
                return chunks.All(chunk => TokenCount.Estimate(chunk.Text) <= Settings.TokenBudget + 8 && chunk.Text.Length > 0)
                    && blocks.SelectMany(block => WordsOf(block.Text)).All(words.Contains);
            })
        .QuickCheckThrowOnFailure();

    private static IEnumerable<string> WordsOf(string text) => text.Split([' ', '\n', '|'], StringSplitOptions.RemoveEmptyEntries);

    private static Gen<TextBlock> GenBlock() =>
        from kind in Gen.Elements(BlockKind.Heading, BlockKind.Paragraph, BlockKind.ListItem, BlockKind.Table)
        from count in Gen.Choose(1, 60)
        from seed in Gen.Choose(0, 1000)
        select kind switch
        {
            BlockKind.Heading => TextBlock.Of(kind, 1 + (seed % 3), $"Heading {seed}"),
            BlockKind.Table => TextBlock.Of(kind, 0, "| a | b |\n| --- | --- |\n" + string.Join('\n', Enumerable.Range(0, count).Select(row => $"| row{seed + row} | {row} |"))),
            _ => TextBlock.Of(kind, 0, string.Join(' ', Enumerable.Range(0, count).Select(word => $"w{seed + word}{(word % 9 == 8 ? "." : string.Empty)}"))),
        };

    private static string Sentences(int count) => string.Join(' ', Enumerable.Range(1, count).Select(number => $"Sentence number {number} of the text says this."));

    private static ValueList<Chunk> Divide(IEnumerable<TextBlock> blocks) => Chunker.Divide([new CleanedPage(1, blocks.ToValueList())], Settings);
}
