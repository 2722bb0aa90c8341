using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Documents.LibreOffice;

namespace Idp.Unit.Documents.Flow;

public sealed class PrintedWordsTests
{
    private static readonly PrintedWords Words = PrintedWords.Of(
    [
        new FlowHeading(1, "Terms"), new FlowItem(0, "1.", "Fees are due"), new FlowPageBreak(), new FlowTable([["Interest income", "1,234.50"], ["Total", "1,234.50"]], 0),
    ]);

    [Theory]
    [InlineData("terms 1) FEES are due total 1,234.50 interest income (1,234.50) page 1 of 1", true)]
    [InlineData("Terms Fees are due Interest in 1,234.50 Total 1,234.50", false)]
    [InlineData("Terms Fees are due Interest income 1,234.50 Total", false)]
    [InlineData("Terms Fees are due Interest income 1,234.50 Total 1,234.60", false)]
    [InlineData("", false)]
    public void All_words_must_be_printed_as_often_as_they_are_said(string printed, bool expected) => Words.AreIn(printed).ShouldBe(expected);

    [Fact]
    public void One_word_of_a_hundred_may_be_printed_otherwise()
    {
        var said = Enumerable.Range(100, 100).Select(static number => $"{number}").ToList();

        PrintedWords.Of([new FlowParagraph(string.Join(' ', said))]).AreIn(string.Join(' ', said.Skip(1))).ShouldBeTrue();
    }

    [Fact]
    public void A_file_without_words_is_printed_by_anything() => PrintedWords.Of([]).AreIn(string.Empty).ShouldBeTrue();

    [Fact]
    public void Halves_of_characters_are_no_words() => PrintedWords.Of([new FlowParagraph("abc \ud83d\ud83d\ud83d")]).AreIn("abc").ShouldBeTrue();
}
