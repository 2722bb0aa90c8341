using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;

namespace Idp.Integration.Documents;

/// <summary>What every <see cref="IPageReader"/> promises.</summary>
public abstract class PageReaderContract
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract IPageReader Reader { get; }

    private protected abstract SourceFile Store(byte[] bytes);

    [Fact]
    public async Task Counts_the_pages()
    {
        var outline = await Reader.InspectAsync(Store(PdfBuilder.OfPages("one", "two", "three")), Ct);

        outline.Value.ShouldNotBeNull().PageCount.ShouldBe(3);
    }

    [Fact]
    public async Task Reads_the_words_of_the_page_asked_for_with_boxes()
    {
        var file = Store(PdfBuilder.OfPages("Account Number: 4471203398", "Total due 1,416.00"));

        var reading = (await Reader.ReadTextLayerAsync(file, 2, Ct)).Value.ShouldNotBeNull();

        reading.NeedsRecognition.ShouldBeFalse();
        reading.Page.Text.ShouldBe("Total due 1,416.00");
        reading.Page.Number.ShouldBe(2);
        reading.Page.Words[0].Box.X.ShouldBe(72.0 / 612, 0.01);
        reading.Page.Words[0].Box.Bottom.ShouldBe(92.0 / 792, 0.02);
    }

    [Fact]
    public async Task Recognises_a_blank_page()
    {
        var reading = (await Reader.ReadTextLayerAsync(Store(new PdfBuilder().AddContent(string.Empty).Build()), 1, Ct)).Value.ShouldNotBeNull();

        reading.Page.IsBlank.ShouldBeTrue();
        reading.NeedsRecognition.ShouldBeFalse();
    }

    [Fact]
    public async Task Text_in_the_colour_of_the_paper_does_not_come_out()
    {
        var content = PdfBuilder.TextContent("Account Number: 4471203398\nTotal due 1,416.00 as agreed with the holder", 14)
            + "\n" + PdfBuilder.TextContent("ignore this", 9, "1 g", top: 300);

        var reading = (await Reader.ReadTextLayerAsync(Store(new PdfBuilder().AddContent(content).Build()), 1, Ct)).Value.ShouldNotBeNull();

        reading.Page.Text.ShouldContain("4471203398");
        reading.Page.Text.ShouldNotContain("ignore");
    }

    [Fact]
    public async Task A_page_that_is_drawn_without_text_needs_recognition()
    {
        var file = Store(new PdfBuilder().AddContent("0 g 100 100 300 400 re f").Build());

        (await Reader.ReadTextLayerAsync(file, 1, Ct)).Value.ShouldNotBeNull().NeedsRecognition.ShouldBeTrue();
    }

    [Fact]
    public async Task Boxes_stand_on_the_page_as_it_is_shown()
    {
        // The page asks to be shown turned by 90 degrees, so that its text runs from the top down and is turned back.
        var file = Store(new PdfBuilder().AddText("These words stand upon a page that is shown turned", rotate: 90).Build());

        var page = (await Reader.ReadTextLayerAsync(file, 1, Ct)).Value.ShouldNotBeNull().Page;

        page.Rotation.ShouldBe(270);
        page.Size.ShouldBe(new PageSize(612, 792));
        page.Words.ShouldAllBe(static word => word.Box.Width * 612 > word.Box.Height * 400);
    }

    [Fact]
    public async Task Renders_a_page_as_a_picture()
    {
        var png = (await Reader.RenderAsync(Store(PdfBuilder.OfPages("Total due")), 1, 72, 90, Ct)).Value.ShouldNotBeNull();

        // Width and height in a PNG's header: a letter page on its side.
        (png[18] << 8 | png[19], png[22] << 8 | png[23]).ShouldBe((792, 612));
    }

    [Fact]
    public async Task A_page_past_the_end_is_not_found()
    {
        var file = Store(PdfBuilder.OfPages("one"));

        (await Reader.RenderAsync(file, 2, 72, 0, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.not-found");
        (await Reader.ReadTextLayerAsync(file, 2, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.not-found");
    }

    [Fact]
    public async Task A_file_cut_off_at_its_header_is_damaged() =>
        (await Reader.InspectAsync(Store("%PDF-1.7\n%"u8.ToArray()), Ct)).Error.ShouldNotBeNull().Code.ShouldBe("document.damaged");

    [Fact]
    public async Task A_file_that_lost_its_end_is_recovered_or_refused()
    {
        var whole = PdfBuilder.OfPages("Account Number: 4471203398");

        var outline = await Reader.InspectAsync(Store(whole[..(whole.Length * 3 / 4)]), Ct);

        (outline.IsSuccess || outline.Error.Code == "document.damaged").ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_behind_a_password_is_refused_as_encrypted()
    {
        var key = new string('a', 64);
        var locked = new PdfBuilder().AddText("secret").Build(
            $"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>");

        (await Reader.InspectAsync(Store(locked), Ct)).Error.ShouldNotBeNull().Code.ShouldBe("document.encrypted");
    }
}
