using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;

namespace Idp.Integration.Documents;

/// <summary>What every <see cref="IOcrEngine"/> promises.</summary>
public abstract class OcrEngineContract
{
    private protected const string Letter =
        "Northfield Supplies Limited\nAccount Number: 4471203398\nStatement of the account holder\nTotal amount due 1,416.00\nPlease pay within thirty days";

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract IOcrEngine Engine { get; }

    private protected abstract SourceFile Store(byte[] bytes);

    [Fact]
    public async Task Reads_the_words_of_a_page_with_boxes_and_confidence()
    {
        var page = (await Engine.RecognizeAsync(Store(new PdfBuilder().AddText(Letter).Build()), 1, Ct)).Value.ShouldNotBeNull();

        page.Source.ShouldBe(PageSource.Ocr);
        page.Text.ShouldContain("Account Number: 4471203398");
        var number = page.Words.Single(static word => word.Text == "4471203398");
        number.Box.CenterY.ShouldBe((792 - 677.0) / 792, 0.01);
        number.Confidence.Value.ShouldBeGreaterThan(0.7);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task Puts_a_turned_page_upright(int shownTurned)
    {
        var page = (await Engine.RecognizeAsync(Store(new PdfBuilder().AddText(Letter, rotate: shownTurned).Build()), 1, Ct)).Value.ShouldNotBeNull();

        page.Rotation.ShouldBe(360 - shownTurned);
        page.Size.ShouldBe(new PageSize(612, 792));
        page.Text.ShouldContain("Account Number: 4471203398");
    }

    [Fact]
    public async Task Recognises_a_blank_page()
    {
        var page = (await Engine.RecognizeAsync(Store(new PdfBuilder().AddContent(string.Empty).Build()), 1, Ct)).Value.ShouldNotBeNull();

        page.IsBlank.ShouldBeTrue();
        page.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_past_the_end_is_not_found() =>
        (await Engine.RecognizeAsync(Store(PdfBuilder.OfPages("one")), 2, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.not-found");
}
