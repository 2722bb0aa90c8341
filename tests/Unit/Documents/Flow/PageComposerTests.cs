using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;

namespace Idp.Unit.Documents.Flow;

public sealed class PageComposerTests
{
    [Fact]
    public void No_word_is_lost_and_none_leaves_the_page() => Prop.ForAll(Blocks().ToArbitrary(), blocks =>
    {
        var pages = PageComposer.Compose(blocks).ToList();
        var printed = pages.SelectMany(static page => page.Texts).ToList();
        string.Concat(printed.SelectMany(static text => text.Text).Where(static character => !char.IsWhiteSpace(character)).Order())
            .ShouldBe(string.Concat(blocks.SelectMany(FlowText.TextsOf).SelectMany(static text => text).Where(static character => !char.IsWhiteSpace(character)).Order()));
        foreach (var page in pages)
        {
            page.Texts.ShouldAllBe(text => text.X >= 0 && text.X + FontMetrics.WidthOf(text.Text, text.Font, text.Size) <= page.Size.Width + 0.5);
            page.Texts.ShouldAllBe(text => text.Baseline > 0 && text.Baseline <= page.Size.Height);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_without_anything_is_one_page() => PageComposer.Compose([]).Count().ShouldBe(1);

    [Fact]
    public void A_page_break_begins_a_page() =>
        PageComposer.Compose([new FlowParagraph("one"), new FlowPageBreak(), new FlowParagraph("two")]).Select(static page => page.Texts[0].Text).ShouldBe(["one", "two"]);

    [Fact]
    public void A_picture_is_a_page_of_its_shape_with_nothing_else_on_it()
    {
        var pages = PageComposer.Compose(
            [new FlowParagraph("before"), new FlowPicture(2480, 3508, default), new FlowPicture(400, 200, default), new FlowPageBreak(), new FlowParagraph("after"), new FlowPicture(300, 300, default)]).ToList();

        pages.Select(static page => page.Picture is null ? page.Texts[0].Text : $"{page.Size.Width:0} x {page.Size.Height:0}").ShouldBe(["before", "595 x 842", "300 x 150", "after", "225 x 225"]);
        pages.ShouldAllBe(static page => page.Picture == null || page.Texts.Count == 0);
    }

    [Fact]
    public void A_long_table_repeats_its_heading_on_each_page()
    {
        var rows = Enumerable.Range(1, 200).Select(static number => Row($"{number}", $"{number * 10}.00")).Prepend(Row("Number", "Amount")).ToValueList();

        var pages = PageComposer.Compose([new FlowTable(rows, 1)]).ToList();

        pages.Count.ShouldBeGreaterThan(2);
        pages.ShouldAllBe(static page => page.Texts[0].Text == "Number" && page.Texts[0].Font == FlowFont.Bold);
    }

    [Fact]
    public void A_row_of_many_columns_stays_one_line_of_a_wider_page()
    {
        var cells = Enumerable.Range(0, 24).Select(static number => $"column {number}").ToArray();

        var page = PageComposer.Compose([new FlowTable([Row(cells), Row(cells)], 0)]).ShouldHaveSingleItem();

        page.Size.Width.ShouldBeGreaterThan(1000);
        page.Texts.Select(static text => text.Baseline).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void Figures_stand_at_the_right_edge_of_their_column()
    {
        var page = PageComposer.Compose([new FlowTable([Row("rent", "1,200.00"), Row("heating", "80.50")], 0)]).Single();

        Right(page.Texts[1]).ShouldBe(Right(page.Texts[3]), 0.01);
        page.Texts[0].X.ShouldBe(page.Texts[2].X);

        static double Right(PlacedText text) => text.X + FontMetrics.WidthOf(text.Text, text.Font, text.Size);
    }

    [Fact]
    public void What_nobody_sees_does_not_stand_inside_words() =>
        PageComposer.Compose([new FlowParagraph("Acc\u200Bount\u00A0Num\u200Dber: 44\u00AD71")]).Single().Texts[0].Text.ShouldBe("Account Number: 4471");

    [Fact]
    public void Verbatim_text_keeps_its_columns()
    {
        var texts = PageComposer.Compose([new FlowVerbatim("Item      Price\nPaper     12.00\n\tindented")]).Single().Texts;

        texts[0].Text.ShouldBe("Item      Price");
        texts.ShouldAllBe(static text => text.Font == FlowFont.Fixed);
        texts[2].X.ShouldBeGreaterThan(texts[0].X);
    }

    private static ValueList<string> Row(params string[] cells) => cells.ToValueList();

    private static Gen<List<FlowBlock>> Blocks()
    {
        var text = Gen.Elements("word", "of", "many-letters-" + new string('w', 150), "1,234.56", "Größe", "数字", "a\nb", "тест", "tab\tbed").ListOf()
            .Select(static words => string.Join(' ', words));
        var table = text.ListOf().Select(static cells => cells.ToValueList()).ListOf().Select(static rows => (FlowBlock)new FlowTable(rows.ToValueList(), 0));
        return Gen.OneOf(
            text.Select(static words => (FlowBlock)new FlowParagraph(words)), text.Select(static words => (FlowBlock)new FlowHeading(2, words)),
            text.Select(static words => (FlowBlock)new FlowItem(1, "•", words)).Where(static block => ((FlowItem)block).Text.Trim().Length > 0),
            text.Select(static words => (FlowBlock)new FlowVerbatim(words)), table).ListOf().Select(static blocks => blocks.ToList());
    }
}
