using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Documents;

public sealed class LayoutTextTests
{
    private const string Separator = "<<<page>>>";
    private static readonly Page Letter = new(3, new PageSize(612, 792), 0, PageSource.TextLayer, false, [], string.Empty);

    [Theory]
    [InlineData("one\n<<<page>>>\n\ftwo\n<<<page>>>\n\f")]
    [InlineData("one\n<<<page>>>\ntwo")]
    [InlineData("one\r\n<<<page>>>\r\ntwo\r\n<<<page>>>\r\n")]
    [InlineData("one\n<<<\ntwo\n<<<\n")]
    [InlineData("one\n\ftwo\n\f")]
    public void Pages_are_cut_at_the_separator_or_what_stands_for_it(string text) =>
        LayoutText.PagesOf(text, Separator, 2).ShouldNotBeNull().Select(page => page.Trim()).ShouldBe(["one", "two"]);

    [Fact]
    public void A_line_that_looks_like_the_usual_separator_is_text_where_the_asked_one_is_used() =>
        LayoutText.PagesOf("one\n<<<\nmore\n<<<page>>>\ntwo\n<<<page>>>\n", Separator, 2).ShouldNotBeNull()[0].ShouldContain("more");

    [Fact]
    public void Form_feeds_tell_pages_where_a_printed_line_looks_like_the_separator() =>
        LayoutText.PagesOf("one\n<<<\nmore\n<<<\n\ftwo\n<<<\n\f", Separator, 2).ShouldNotBeNull().Select(page => page.Trim()).ShouldBe(["one\n<<<\nmore", "two"]);

    [Theory]
    [InlineData("one\n<<<page>>>\ntwo\n<<<page>>>\n", 3)]
    [InlineData("one\n<<<page>>>\ntwo\n<<<page>>>\nthree\n<<<page>>>\n", 2)]
    [InlineData("", 2)]
    public void Pages_are_not_guessed_where_their_number_is_another(string text, int ordered) => LayoutText.PagesOf(text, Separator, ordered).ShouldBeNull();

    [Fact]
    public void A_blank_page_between_others_stays_a_page()
    {
        var pages = LayoutText.PagesOf("one\n<<<page>>>\n\f\n<<<page>>>\n\fthree\n<<<page>>>\n\f", Separator, 3).ShouldNotBeNull();

        LayoutText.ToPage(Letter, pages[1], null).ShouldSatisfyAllConditions(page => page.IsBlank.ShouldBeTrue(), page => page.Words.ShouldBeEmpty());
    }

    [Fact]
    public void Words_stand_by_column_and_row_and_the_page_says_that_its_boxes_are_estimated()
    {
        var page = LayoutText.ToPage(Letter, "Account Number     4471203398\n\nTotal              1,416.00", null);

        page.ShouldSatisfyAllConditions(
            read => read.Number.ShouldBe(3), read => read.Source.ShouldBe(PageSource.Ocr), read => read.HasEstimatedBoxes.ShouldBeTrue(),
            read => read.Text.ShouldBe("Account Number 4471203398\nTotal 1,416.00"));
        var (number, amount) = (BoxOf(page, "4471203398"), BoxOf(page, "1,416.00"));
        number.X.ShouldBe(amount.X, 1e-9);
        amount.Y.ShouldBeGreaterThan(number.Bottom);
        PageLayout.LinesOf(page).Select(line => line.Segments.Select(segment => segment.Text)).ShouldBe([["Account Number", "4471203398"], ["Total", "1,416.00"]]);
    }

    [Fact]
    public void Numbered_lines_stand_in_their_bands_and_lose_their_numbers()
    {
        var bands = new Dictionary<int, LineBand> { [0x1F] = new(0.25, 0.27) };

        var page = LayoutText.ToPage(Letter, "0x001F: Total   12\n0x0020: Rest", bands);

        page.Text.ShouldBe("Total 12\nRest");
        BoxOf(page, "Total").ShouldSatisfyAllConditions(box => box.Y.ShouldBe(0.25), box => box.Bottom.ShouldBe(0.27, 1e-9));
        BoxOf(page, "Rest").Height.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_number_before_a_line_is_text_where_lines_are_not_numbered() => LayoutText.ToPage(Letter, "0x001F: Total", null).Text.ShouldBe("0x001F: Total");

    [Fact]
    public void No_box_leaves_the_page_however_wide_or_long_the_text_is()
    {
        var text = string.Join('\n', Enumerable.Range(0, 300).Select(row => new string(' ', row) + "word" + new string(' ', 700) + "end"));

        LayoutText.ToPage(Letter, text, null).Words.ShouldAllBe(word => word.Box.X >= 0 && word.Box.Right <= 1 && word.Box.Y >= 0 && word.Box.Bottom <= 1 && word.Box.Area > 0);
    }

    private static Box BoxOf(Page page, string text) => page.Words.Single(word => word.Text == text).Box;
}
