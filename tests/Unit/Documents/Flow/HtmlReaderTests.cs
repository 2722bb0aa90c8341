using System.Text;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Flow;

namespace Idp.Unit.Documents.Flow;

public sealed class HtmlReaderTests
{
    [Fact]
    public void Headings_paragraphs_and_lists_keep_what_they_are() =>
        Read("<h2>Title</h2><p>One  <b>bold</b>\n word<br>and a line</p><ul><li>first<ol start=3><li>inner</li></ol></li></ul><pre>a\n  b</pre>").ShouldBe(
        [
            new FlowHeading(2, "Title"), new FlowParagraph("One bold word\nand a line"), new FlowItem(0, "•", "first"), new FlowItem(1, "3.", "inner"), new FlowVerbatim("a\n  b"),
        ]);

    [Fact]
    public void Tables_keep_their_cells_in_place()
    {
        var table = Read("<table><thead><tr><th>Item<th>Price</tr></thead><tr><td rowspan=2>Pen<td>1.00</tr><tr><td>2.00</tr><tr><td colspan=2><p>no</p><p>more</p></tr></table>")
            .ShouldHaveSingleItem().ShouldBeOfType<FlowTable>();

        table.HeaderRows.ShouldBe(1);
        table.Rows.Select(static row => string.Join('|', row)).ShouldBe(["Item|Price", "Pen|1.00", "|2.00", "no\nmore|"]);
    }

    [Fact]
    public void A_table_that_only_frames_another_is_none() =>
        Read("<table><tr><td><p>before</p><table><tr><td>a<td>b</tr></table></td></tr></table>").ShouldBe(
            [new FlowParagraph("before"), new FlowTable([new[] { "a", "b" }.ToValueList()], 0)]);

    [Theory]
    [InlineData("<script>document.write('seen')</script>")]
    [InlineData("<style>seen</style>")]
    [InlineData("<p hidden>seen")]
    [InlineData("<p style='color:red; DISPLAY : none'>seen")]
    [InlineData("<span style='font-size:0'>seen</span>")]
    [InlineData("<template>seen</template>")]
    [InlineData("<input type=hidden value=seen>")]
    [InlineData("<!-- seen -->")]
    public void What_a_reader_does_not_see_is_no_content(string html) => Read($"<body>{html}</body>").ShouldBeEmpty();

    [Fact]
    public void Small_print_is_content() => Read("<p style='font-size:0.8em'>seen</p>").ShouldBe([new FlowParagraph("seen")]);

    [Fact]
    public void The_page_says_in_which_encoding_it_is()
    {
        var bytes = Encoding.Latin1.GetBytes("<html><head><meta charset='windows-1252'></head><body>50 \u0080</body></html>");

        HtmlReader.Read(bytes).ShouldBe([new FlowParagraph("50 €")]);
    }

    [Fact]
    public void Elements_may_be_nested_as_deep_as_anybody_likes() =>
        Read(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "deep").ShouldBe([new FlowParagraph("deep")]);

    [Fact]
    public void Markdown_is_read_as_the_page_that_it_stands_for() =>
        MarkdownReader.Read("# Title\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"u8).ToList().ShouldBe(
        [
            new FlowHeading(1, "Title"), new FlowItem(0, "•", "☒ done"), new FlowTable([new[] { "a", "b" }.ToValueList(), new[] { "1", "2" }.ToValueList()], 1),
        ]);

    private static List<FlowBlock> Read(string html) => [.. HtmlReader.Read(html)];
}
