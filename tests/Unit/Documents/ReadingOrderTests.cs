using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Documents;

public sealed class ReadingOrderTests
{
    [Fact]
    public void A_value_far_to_the_right_joins_its_label()
    {
        var lines = Lines([At("Subtotal", 0.1, 0.1), At("Tax", 0.1, 0.13), At("1,180.00", 0.7, 0.1), At("236.00", 0.7, 0.13)]);

        lines.ShouldBe(["Subtotal 1,180.00", "Tax 236.00"]);
    }

    [Fact]
    public void Two_columns_of_prose_stay_apart()
    {
        var left = Column("l", 0.1);
        var right = Column("r", 0.55);

        Lines([.. left, .. right]).ShouldBe(["l0 l1 l2 l3 l4 l5", "l6 l7 l8 l9 l10 l11", "r0 r1 r2 r3 r4 r5", "r6 r7 r8 r9 r10 r11"]);
    }

    [Fact]
    public void A_word_further_down_begins_a_line() => Lines([At("one", 0.1, 0.1), At("two", 0.2, 0.15)]).ShouldBe(["one", "two"]);

    [Fact]
    public void The_page_keeps_all_words_in_the_order_of_its_text()
    {
        var page = ReadingOrder.Arrange(
            new Page(1, new PageSize(612, 792), 0, PageSource.Ocr, false, [], string.Empty),
            [At("Tax", 0.1, 0.13), At("Total", 0.1, 0.16), At("236.00", 0.7, 0.13)]);

        page.Text.ShouldBe("Tax 236.00\nTotal");
        page.Words.Select(static word => word.Text).ShouldBe(["Tax", "236.00", "Total"]);
    }

    private static IEnumerable<Word> Column(string name, double x) =>
        Enumerable.Range(0, 12).Select(index => At($"{name}{index}", x + (index % 6 * 0.06), 0.1 + (index / 6 * 0.03)));

    private static IReadOnlyList<string> Lines(IReadOnlyList<Word> words) =>
        [.. ReadingOrder.LinesOf(words).Select(static line => string.Join(' ', line.Select(static word => word.Text)))];

    private static Word At(string text, double x, double y) => new(text, new Box(x, y, 0.05, 0.015), Confidence.Full);
}
