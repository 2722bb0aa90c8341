using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Packing;

public sealed class PageBandsTests
{
    private static readonly Page Page = SketchedPage.OfLines(3, "alpha bravo", "charlie", "delta echo", "foxtrot golf hotel", "india");

    [Fact]
    public void The_whole_page_is_all_its_lines()
    {
        var whole = PageBands.Whole(Page);
        whole.ShouldBe(new PageBand(3, 0, 5));
        PageBands.TextOf(Page, whole).ShouldBe("alpha bravo\ncharlie\ndelta echo\nfoxtrot golf hotel\nindia");
    }

    [Fact]
    public void The_halves_hold_every_line_once_and_in_order() => Prop.ForAll(Gen.Choose(2, 30).ToArbitrary(), Gen.Choose(0, 5).ToArbitrary(), (count, longest) =>
    {
        var page = SketchedPage.OfLines(1, [.. Enumerable.Range(0, count).Select(line => string.Join(' ', Enumerable.Repeat($"w{line}", 1 + (line * longest % 9))))]);
        var whole = PageBands.Whole(page);
        var (upper, lower) = PageBands.Halve(page, whole).ShouldNotBeNull();
        return upper.LineCount > 0 && lower.LineCount > 0
            && PageBands.TextOf(page, upper) + "\n" + PageBands.TextOf(page, lower) == PageBands.TextOf(page, whole);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_halves_are_about_equally_long()
    {
        var page = SketchedPage.OfLines(1, "one two three four five six seven eight nine one two three four five six", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen");
        PageBands.Halve(page, PageBands.Whole(page)).ShouldNotBeNull().Upper.LineCount.ShouldBeLessThan(4);
    }

    [Fact]
    public void A_single_line_cannot_be_halved() => PageBands.Halve(Page, new PageBand(3, 2, 1)).ShouldBeNull();

    [Fact]
    public void A_band_that_leaves_the_page_is_cut_to_it() => PageBands.TextOf(Page, new PageBand(3, 4, 9)).ShouldBe("india");
}
