using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Poppler;

namespace Idp.Unit.Documents;

public sealed class PopplerOutputTests
{
    private const string Header = "level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";
    private const string PageRow = "1\t1\t0\t0\t0\t0\t0.000000\t0.000000\t600.000000\t800.000000\t-1\t###PAGE###\n";

    private static readonly Dictionary<int, PageSize> Unknown = [];

    [Fact]
    public void Boxes_are_fractions_of_the_page_as_it_is_shown() =>
        TextLayerTable.Parse(
            Header + PageRow + "5\t1\t0\t0\t0\t0\t400.00\t80.00\t30.00\t8.00\t100\tTotal\n",
            new Dictionary<int, PageSize> { [1] = new(800, 600) })[1].Words[0].Box.X.ShouldBe(0.5);

    [Fact]
    public void Words_get_boxes_as_fractions_of_the_page()
    {
        var page = TextLayerTable.Parse(Header + PageRow + "5\t1\t0\t0\t0\t0\t60.00\t80.00\t30.00\t8.00\t100\tTotal\n", Unknown)[1];

        page.Words.ShouldHaveSingleItem().Box.ShouldBe(new Idp.Domain.Kernel.Box(0.1, 0.1, 0.05, 0.01), new BoxTolerance());
        page.Size.ShouldBe(new PageSize(600, 800));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("-inf")]
    [InlineData("1e999")]
    [InlineData("")]
    public void Words_without_a_place_are_left_out(string left) =>
        TextLayerTable.Parse(Header + PageRow + $"5\t1\t0\t0\t0\t0\t{left}\t80.00\t30.00\t8.00\t100\tTotal\n", Unknown)[1].Words.ShouldBeEmpty();

    [Fact]
    public void Words_of_a_page_that_was_never_announced_are_left_out() =>
        TextLayerTable.Parse(Header + PageRow + "5\t7\t0\t0\t0\t0\t60.00\t80.00\t30.00\t8.00\t100\tTotal\n", Unknown).Keys.ShouldBe([1]);

    [Theory]
    [InlineData("of\uFB01ce", "office")]
    [InlineData("44\u200B71", "4471")]
    [InlineData("a\u0007b", "ab")]
    [InlineData("\u202Egnp", "gnp")]
    public void What_no_page_shows_is_taken_out_of_words(string raw, string clean) => TextLayerTable.Clean(raw).ShouldBe(clean);

    [Fact]
    public void No_table_makes_the_parser_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), static text => TextLayerTable.Parse(Header + PageRow + text?.Replace(' ', '\t'), Unknown).Count.ShouldBe(1))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_wrong_password_is_told_from_damage()
    {
        PdfOutline.PageCount(string.Empty, new ToolEnd(1, "Command Line Error: Incorrect password\n")).Error!.Code.ShouldBe("document.encrypted");
        PdfOutline.PageCount(string.Empty, new ToolEnd(1, "Syntax Error: no trailer\n")).Error!.Code.ShouldBe("document.damaged");
    }

    [Fact]
    public void A_page_that_is_shown_turned_has_its_sides_swapped() =>
        PdfOutline.PageSizes("Pages: 2\nPage    2 size:  612 x 792 pts (letter)\nPage    2 rot:   90\n")[2].ShouldBe(new PageSize(792, 612));

    [Fact]
    public void Images_are_found_with_their_size_on_the_page()
    {
        const string list = """
            page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
            --------------------------------------------------------------------------------------------
               1     0 image    1700  2200  gray    1   8  jpeg   no        82  0   200   200  101K 2.8%
               1     1 smask     100   100  gray    1   8  image  no        83  0   200   200   1K 2.8%
               2     2 image      10    10  gray    1   8  image  no   [inline]     100   100    9B 0.9%
            """;

        var images = PdfImageList.Parse(list);

        images.Select(static image => image.Page).ShouldBe([1, 2]);
        PdfImageList.ShareOf(images.Take(1), new PageSize(612, 792)).ShouldBe(1, 1e-6);
    }

    [Theory]
    [InlineData(72, 200)]
    [InlineData(240, 240)]
    [InlineData(600, 300)]
    public void A_scan_is_rendered_at_its_own_resolution_where_that_is_good(double own, int expected) =>
        PdfPageImage.BestDpi([new PdfImage(1, 8.5, 11, own)], new PageSize(612, 792)).ShouldBe(expected);

    [Fact]
    public void Only_drawn_text_counts()
    {
        const string xml = "<page number=\"1\" position=\"absolute\">\n<text top=\"1\" left=\"2\"><b>A &amp; b</b></text>\n</page>\n<page number=\"2\">\n";

        DrawnText.CountByPage(xml).ShouldBe(new Dictionary<int, int> { [1] = 3, [2] = 0 });
    }

    private sealed class BoxTolerance : IEqualityComparer<Idp.Domain.Kernel.Box>
    {
        public bool Equals(Idp.Domain.Kernel.Box x, Idp.Domain.Kernel.Box y) => x.OverlapRatio(y) > 0.999;

        public int GetHashCode(Idp.Domain.Kernel.Box obj) => 0;
    }
}
