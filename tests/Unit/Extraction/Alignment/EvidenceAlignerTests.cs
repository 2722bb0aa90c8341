using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Alignment;

public sealed class EvidenceAlignerTests
{
    [Fact]
    public void A_quote_is_found_to_the_letter()
    {
        var page = Page(3, (0.1, 0.2, "Home Phone (802) 555-0140 on file"));
        var match = Find(page, FieldType.Phone, "(802) 555-0140", "(802) 555-0140").ShouldHaveSingleItem();
        (match.Evidence.Page, match.Evidence.Quote, match.Similarity).ShouldBe((3, "(802) 555-0140", 1));
        match.Evidence.Boxes.ShouldHaveSingleItem().ShouldBe(page.Words[2].Box.Union(page.Words[3].Box));
    }

    [Theory]
    [InlineData(FieldType.Date, "2010-12-26", "December 26, 2010")]
    [InlineData(FieldType.Money, "122438.29", "$122,438.29")]
    [InlineData(FieldType.Money, "14898.44", "-$14,898.44")]
    [InlineData(FieldType.Percent, "6.500", "6.500%")]
    [InlineData(FieldType.Period, "2019-01-01/2019-01-31", "January 1, 2019 through January 31, 2019")]
    [InlineData(FieldType.SsnLast4, "1546", "***-**-1546")]
    [InlineData(FieldType.AccountNumber, "6899858679", "68 9985 8679")]
    public void A_value_is_found_however_it_is_printed(FieldType type, string value, string printed) =>
        Find(Page(1, (0.1, 0.2, "Label"), (0.3, 0.2, printed), (0.1, 0.3, "Other words")), type, value)[0].Evidence.Quote.ShouldBe(printed);

    [Fact]
    public void Recognition_slips_are_forgiven()
    {
        var match = Find(Recognized(1, PageSource.Ocr, 0.8, (0.1, 0.2, "Borrower: Harriet G. Dunrnore here")), FieldType.Name, "Harriet G. Dunmore").ShouldHaveSingleItem();
        match.Evidence.Quote.ShouldBe("Harriet G. Dunrnore");
        match.Similarity.ShouldBeInRange(0.7, 0.99);
        match.WordConfidence.Value.ShouldBe(0.8);
    }

    [Fact]
    public void A_value_that_was_hyphenated_at_the_line_end_has_a_box_a_line() => Find(
        Page(1, (0.1, 0.2, "paid to Merchants Uni-"), (0.1, 0.215, "on Bank of Ohio")), FieldType.Name, "Merchants Union Bank")
        .ShouldHaveSingleItem().Evidence.Boxes.Count.ShouldBe(2);

    [Fact]
    public void Lines_beside_another_column_are_found_together()
    {
        var page = Page(
            1, (0.1, 0.2, "6695 Quarry St"), (0.6, 0.2, "Amount Due $5.00"), (0.1, 0.215, "Linden, TX 75563"), (0.6, 0.215, "Product Auto Loan"));
        var match = Find(page, FieldType.Address, "6695 Quarry St, Linden, TX 75563").ShouldHaveSingleItem();
        match.Evidence.Quote.ShouldBe("6695 Quarry St Linden, TX 75563");
        match.Evidence.Boxes.Count.ShouldBe(2);
    }

    [Fact]
    public void The_page_that_was_named_comes_first()
    {
        var aligner = EvidenceAligner.For([Page(1, (0.1, 0.2, "$5,000.00")), Page(2, (0.1, 0.2, "$5,000.00"))]);
        aligner.Find(FieldType.Money, "5000.00", "$5,000.00", page: 2).Select(match => match.Evidence.Page).ShouldBe([2, 1]);
    }

    [Theory]
    [InlineData(FieldType.Name, "Zelda Villanueva")]
    [InlineData(FieldType.Money, "1118.11")]
    [InlineData(FieldType.AccountNumber, "7009886")]
    [InlineData(FieldType.Identifier, "700")]
    public void What_is_not_on_the_page_is_not_found(FieldType type, string value) =>
        Find(Page(1, (0.1, 0.2, "Account 7009885 of Harriet Dunmore"), (0.1, 0.3, "$1,118.12")), type, value).ShouldBeEmpty();

    [Fact]
    public void Any_run_of_words_of_a_page_is_found_there() => Prop.ForAll(Gen.Choose(0, 7).ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (start, length) =>
    {
        var page = Page(1, (0.1, 0.2, "alpha bravo charlie delta echo"), (0.1, 0.22, "foxtrot golf hotel india juliett kilo lima"));
        var quote = string.Join(' ', page.Words.Skip(start).Take(length).Select(word => word.Text));
        return Find(page, FieldType.Text, quote)[0].Evidence.Quote == quote;
    }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<EvidenceMatch> Find(Page page, FieldType type, string value, string? quote = null) =>
        EvidenceAligner.For([page]).Find(type, value, quote);
}
