using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Documents;

public sealed class TextLayerQualityTests
{
    private static readonly PageSight PlainPage = new(HiddenWords: 0, InkShare: 0.05, InkOutsideWords: 0.05, ImageShare: 0, DrawnTextShare: 1);

    [Fact]
    public void A_page_without_words_and_without_ink_is_blank() =>
        TextLayerQuality.Judge([], PlainPage with { InkShare = 0 }).ShouldBe(TextLayerVerdict.Blank);

    [Fact]
    public void A_page_that_shows_nothing_of_its_words_is_looked_at_again() =>
        TextLayerQuality.Judge([], PlainPage with { InkShare = 0, HiddenWords = 5 }).ShouldBe(TextLayerVerdict.Missing);

    [Fact]
    public void A_page_with_ink_and_without_words_misses_its_layer() =>
        TextLayerQuality.Judge([], PlainPage).ShouldBe(TextLayerVerdict.Missing);

    [Fact]
    public void Plain_text_that_can_be_seen_is_usable() =>
        TextLayerQuality.Judge(Words("Account Number: 4471203398 Total due 1,416.00"), PlainPage).ShouldBe(TextLayerVerdict.Usable);

    [Fact]
    public void A_stamp_on_a_scan_is_sparse() =>
        TextLayerQuality.Judge(Words("Page 1 of 3"), PlainPage with { ImageShare = 1, InkOutsideWords = 0.95 })
            .ShouldBe(TextLayerVerdict.Sparse);

    [Fact]
    public void Text_drawn_on_a_background_picture_is_usable() =>
        TextLayerQuality.Judge(Words("Dear customer we thank you"), PlainPage with { ImageShare = 1 }).ShouldBe(TextLayerVerdict.Usable);

    [Fact]
    public void An_invisible_layer_under_a_scan_is_not_believed() =>
        TextLayerQuality.Judge(Words("Dear customer we thank you"), PlainPage with { ImageShare = 1, DrawnTextShare = 0 })
            .ShouldBe(TextLayerVerdict.NotWhatThePageShows);

    [Fact]
    public void A_layer_of_which_much_cannot_be_seen_is_not_believed() =>
        TextLayerQuality.Judge(Words("Total due 1,416.00"), PlainPage with { HiddenWords = 3 }).ShouldBe(TextLayerVerdict.NotWhatThePageShows);

    [Fact]
    public void Two_texts_on_top_of_each_other_are_not_believed()
    {
        var page = Words("Account Number: 4471203398");
        Word[] both = [.. page, .. page.Select(static word => word with { Text = "9" + word.Text })];

        TextLayerQuality.Judge(both, PlainPage).ShouldBe(TextLayerVerdict.NotWhatThePageShows);
    }

    [Fact]
    public void Bold_text_printed_twice_in_one_place_is_usable()
    {
        var page = Words("Account Number: 4471203398");

        TextLayerQuality.Judge([.. page, .. page], PlainPage).ShouldBe(TextLayerVerdict.Usable);
    }

    [Theory]
    [InlineData("\uFFFD\uFFFD\uFFFD total")]
    [InlineData("\uE001\uE002\uE003 total")]
    public void Glyphs_without_meaning_are_garbage(string text) => TextLayerQuality.IsGarbage(Words(text)).ShouldBeTrue();

    [Fact]
    public void Letters_moved_along_the_alphabet_are_garbage()
    {
        // Every letter of an English sentence, three places on, as fonts without a map give it.
        var shifted = string.Concat("The holder of this account agrees that these terms apply while money stays within bank custody under present state rules and further written notice from time to time and without delay whenever both parties should request them"
            .Select(static letter => char.IsAsciiLetter(letter) ? (char)(letter + 3) : letter));

        TextLayerQuality.IsGarbage(Words(shifted)).ShouldBeTrue();
    }

    [Fact]
    public void Plain_prose_is_not_garbage() =>
        TextLayerQuality.IsGarbage(Words(string.Join(' ', Enumerable.Repeat("The holder agrees that these terms apply", 10)))).ShouldBeFalse();

    [Fact]
    public void Columns_of_figures_are_not_garbage() =>
        TextLayerQuality.IsGarbage(Words(string.Join(' ', Enumerable.Repeat("$ 1,416.00 (236.00) — 12% CUSIP XYZB", 10)))).ShouldBeFalse();

    private static Word[] Words(string text) =>
    [
        .. text.Split(' ').Select(static (word, index) =>
            new Word(word, new Box(0.05 + (index % 8 * 0.11), 0.05 + (index / 8 * 0.02), 0.1, 0.015), Confidence.Full)),
    ];
}
