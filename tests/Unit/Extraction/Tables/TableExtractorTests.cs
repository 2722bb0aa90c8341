using System.Globalization;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Tables;

public sealed class TableExtractorTests
{
    private static readonly TableDefinition Transactions = new("transactions",
    [
        new("date", FieldType.Date, ["Date"]), new("description", FieldType.Text, ["Description"]), new("credit", FieldType.Money, ["Credits"]),
        new("debit", FieldType.Money, ["Debits"]), new("balance", FieldType.Money, ["Balance"]),
    ]);

    [Fact]
    public void Puts_right_aligned_amounts_under_their_headers()
    {
        var page = Header(new SketchedPage(1), 100);
        Row(page, 120, "06/01/2011", "Grocer", debit: "12.50", balance: "1,087.50");
        Row(page, 140, "06/02/2011", "Pay", credit: "1,000.00", balance: "2,087.50");

        var table = Extract(page.Build());

        Cells(table.Rows[0]).ShouldBe("date=2011-06-01 description=Grocer debit=12.50 balance=1087.50");
        Cells(table.Rows[1]).ShouldBe("date=2011-06-02 description=Pay credit=1000.00 balance=2087.50");
    }

    [Fact]
    public void Finds_every_row_of_a_long_statement_over_many_pages()
    {
        var pages = Enumerable.Range(1, 25).Select(number =>
        {
            var page = Header(new SketchedPage(number), 60);
            for (var row = 0; row < 40; row++)
            {
                Row(page, 80 + (row * 16), $"0{1 + (row % 9)}/{1 + (number % 28):00}/2020", $"Shop {row}", debit: $"{row + 1}.25", balance: $"{90_000 - row}.75");
            }

            return page.Build();
        }).ToArray();

        var table = Extract(pages);

        table.Rows.Count.ShouldBe(1000);
        table.RowsSeen.ShouldBe(1000);
        table.Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void A_page_without_a_header_goes_on_with_the_columns_before()
    {
        var first = Header(new SketchedPage(1), 100);
        Row(first, 120, "06/01/2011", "Grocer", debit: "12.50", balance: "87.50");
        var second = new SketchedPage(2);
        Row(second, 60, "06/02/2011", "Pay", credit: "10.00", balance: "97.50");

        var table = Extract(first.Build(), second.Build());

        Cells(table.Rows[1]).ShouldBe("date=2011-06-02 description=Pay credit=10.00 balance=97.50");
        table.Rows[1].Page.ShouldBe(2);
    }

    [Fact]
    public void A_description_that_wraps_stays_with_its_row()
    {
        var page = Header(new SketchedPage(1), 100);
        Row(page, 120, "06/01/2011", "Transfer to savings", debit: "12.50", balance: "87.50");
        page.Put(130, 132, "reference Oak Street");
        Row(page, 152, "06/02/2011", "Pay", credit: "10.00", balance: "97.50");

        var table = Extract(page.Build());

        table.Rows.Count.ShouldBe(2);
        table.Rows[0].Cells.Single(cell => cell.Column == "description").Value.ShouldBe("Transfer to savings reference Oak Street");
        table.Rows[0].Boxes.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Statement Period 12/15/2018 - 01/14/2019", "12/20", "2018-12-20")]
    [InlineData("Statement Period 12/15/2018 - 01/14/2019", "01/03", "2019-01-03")]
    [InlineData("Statement Date June 30, 2011", "06/03", "2011-06-03")]
    [InlineData("Welcome", "06/03", "06-03")]
    public void A_short_date_takes_its_year_from_the_statement(string heading, string printed, string value)
    {
        var page = Header(new SketchedPage(1).Put(50, 60, heading), 100);
        Row(page, 120, printed, "Grocer", debit: "12.50", balance: "87.50");

        Extract(page.Build()).Rows[0].Cells[0].Value.ShouldBe(value);
    }

    [Fact]
    public void Totals_and_balances_brought_forward_are_no_rows()
    {
        var page = Header(new SketchedPage(1), 100);
        page.Put(130, 120, "Beginning balance").PutRight(560, 120, "100.00");
        for (var row = 0; row < 4; row++)
        {
            Row(page, 140 + (row * 20), "06/01/2011", "Grocer", debit: "1.00", balance: $"9{row}.00");
        }

        page.Put(130, 240, "Total").PutRight(480, 240, "4.00").PutRight(560, 240, "93.00");

        Extract(page.Build()).RowsSeen.ShouldBe(4);
    }

    [Fact]
    public void A_row_without_a_date_of_its_own_is_still_a_row()
    {
        var page = Header(new SketchedPage(1), 100);
        for (var row = 0; row < 4; row++)
        {
            Row(page, 120 + (row * 20), row is 2 ? string.Empty : "06/01/2011", "Grocer", debit: "1.00", balance: string.Empty);
        }

        Extract(page.Build()).Rows.Count.ShouldBe(4);
    }

    [Fact]
    public void A_recognised_row_that_lost_its_amounts_is_shown_as_unexplained()
    {
        var page = Header(new SketchedPage(1, PageSource.Ocr), 100);
        for (var row = 0; row < 6; row++)
        {
            Row(page, 120 + (row * 20), "06/01/2011", "Grocer", debit: row is 3 ? string.Empty : "1.00", balance: row is 3 ? string.Empty : $"9{row}.00");
        }

        var table = Extract(page.Build());

        table.RowsSeen.ShouldBe(6);
        table.Rows.Count.ShouldBe(5);
        table.Unexplained.ShouldHaveSingleItem().Text.ShouldBe("06/01/2011 Grocer");
    }

    [Fact]
    public void A_row_that_recognition_lost_altogether_leaves_a_gap_that_counts()
    {
        var page = Header(new SketchedPage(1, PageSource.Ocr), 100);
        foreach (var row in (int[])[0, 1, 2, 4, 5, 6])
        {
            Row(page, 120 + (row * 20), "06/01/2011", "Grocer", debit: "1.00", balance: $"9{row}.00");
        }

        var table = Extract(page.Build());

        table.RowsSeen.ShouldBe(7);
        table.Unexplained.Count.ShouldBe(1);
    }

    [Fact]
    public void Rows_without_any_header_are_read_by_their_kinds()
    {
        var page = new SketchedPage(1);
        for (var row = 0; row < 4; row++)
        {
            Row(page, 120 + (row * 20), "06/01/2011", "Grocer", debit: "1.00", balance: $"9{row}.00");
        }

        var table = Extract(page.Build());

        table.Rows.Count.ShouldBe(4);
        Cells(table.Rows[0]).ShouldBe("date=2011-06-01 description=Grocer credit=1.00 balance=90.00");
    }

    [Fact]
    public void A_form_with_dates_and_balances_is_no_table()
    {
        var page = SketchedPage.OfLines(1, "Date Opened 04/07/2018 Escrow Balance $2,246.57", "Description of collateral");

        TableExtractor.Extract([Transactions], [page]).ShouldBeEmpty();
    }

    private static SketchedPage Header(SketchedPage page, double y) =>
        page.Put(50, y, "Date").Put(130, y, "Description").PutRight(400, y, "Credits").PutRight(480, y, "Debits").PutRight(560, y, "Balance");

    private static void Row(SketchedPage page, double y, string date, string description, string credit = "", string debit = "", string balance = "") =>
        page.Put(50, y, date).Put(130, y, description).PutRight(400, y, credit).PutRight(480, y, debit).PutRight(560, y, balance);

    private static ExtractedTable Extract(params Page[] pages) => TableExtractor.Extract([Transactions], pages).ShouldHaveSingleItem();

    private static string Cells(TableRow row) =>
        string.Join(' ', row.Cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Column}={cell.Value}")));
}
