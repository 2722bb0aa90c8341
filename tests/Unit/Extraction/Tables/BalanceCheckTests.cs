using System.Globalization;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Tables;

public sealed class BalanceCheckTests
{
    private static readonly TableDefinition Transactions = new("transactions",
    [
        new("date", FieldType.Date, ["Date"]), new("description", FieldType.Text, ["Description"]), new("credit", FieldType.Money, ["Credits"]),
        new("debit", FieldType.Money, ["Debits"]), new("balance", FieldType.Money, ["Balance"]),
    ]);

    [Fact]
    public void A_table_whose_balances_run_on_has_nothing_unexplained() => Extract(Statement(PageSource.Ocr)).Unexplained.ShouldBeEmpty();

    [Theory]
    [InlineData(PageSource.Ocr)]
    [InlineData(PageSource.TextLayer)]
    public void A_row_that_is_missing_is_reported_where_the_balance_breaks(PageSource source)
    {
        var table = Extract(Statement(source, row => row is not 3));

        var row = table.Unexplained.ShouldHaveSingleItem();
        row.Page.ShouldBe(1);
        row.Box.Y.ShouldBeInRange(0.2, 0.3);
        table.RowsSeen.ShouldBe(table.Rows.Count + 1);
    }

    [Fact]
    public void A_missing_row_is_shown_between_the_lines_around_it() =>
        Extract(Statement(PageSource.TextLayer, row => row is not 3)).Unexplained[0].Text
            .ShouldBe("06/03/2011 Shop 2 12.34 887.66 … 06/05/2011 Shop 4 12.34 862.98");

    [Fact]
    public void A_misread_balance_is_put_right_and_its_printed_form_kept()
    {
        var table = Extract(Statement(PageSource.Ocr, misread: (3, "875.32", "876.32")));

        table.Unexplained.ShouldBeEmpty();
        table.Rows[3].Cells[^1].Value.ShouldBe("875.32");
        table.Rows[3].Cells[^1].Printed.ShouldBe("876.32");
    }

    [Fact]
    public void A_misread_amount_is_put_right()
    {
        var table = Extract(Statement(PageSource.Ocr, misread: (3, "12.34", "72.34")));

        table.Unexplained.ShouldBeEmpty();
        table.Rows[3].Cells.Single(cell => cell.Column == "debit").Value.ShouldBe("12.34");
    }

    [Fact]
    public void A_lost_decimal_point_is_put_right()
    {
        var table = Extract(Statement(PageSource.Ocr, misread: (3, "875.32", "8.7532")));

        table.Rows[3].Cells[^1].Value.ShouldBe("875.32");
    }

    [Fact]
    public void An_amount_with_two_wrong_digits_is_left_alone_and_reported()
    {
        var table = Extract(Statement(PageSource.Ocr, misread: (3, "12.34", "79.34")));

        table.Rows[3].Cells.Single(cell => cell.Column == "debit").Value.ShouldBe("79.34");
        table.Unexplained.ShouldHaveSingleItem().Text.ShouldContain("79.34");
        table.RowsSeen.ShouldBe(table.Rows.Count);
    }

    [Fact]
    public void Printed_digits_of_a_text_layer_are_never_changed()
    {
        var table = Extract(Statement(PageSource.TextLayer, misread: (3, "12.34", "72.34")));

        table.Rows[3].Cells.Single(cell => cell.Column == "debit").Value.ShouldBe("72.34");
        table.Unexplained.Count.ShouldBe(1);
    }

    [Fact]
    public void A_recognised_row_without_its_amount_is_reported()
    {
        var table = Extract(Statement(PageSource.Ocr, misread: (3, "12.34", string.Empty)));

        table.Unexplained.ShouldHaveSingleItem().Text.ShouldStartWith("06/04/2011 Shop 3");
    }

    [Fact]
    public void A_wider_space_between_rows_loses_nothing_when_the_balance_runs_on()
    {
        var page = new SketchedPage(1, PageSource.Ocr);
        Header(page);
        for (var row = 0; row < 8; row++)
        {
            Row(page, 120 + (row * 20) + (row > 4 ? 20 : 0), row);
        }

        Extract(page.Build()).Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void A_first_row_that_is_missing_shows_in_the_opening_balance()
    {
        var page = Header(new SketchedPage(1)).Put(50, 112, "Beginning balance").PutRight(560, 112, "924.68");
        for (var row = 1; row < 8; row++)
        {
            Row(page, 130 + (row * 20), row);
        }

        Extract(page.Build()).Unexplained.ShouldHaveSingleItem().Text.ShouldStartWith("Beginning balance");
    }

    [Fact]
    public void A_last_row_that_is_missing_shows_in_the_closing_balance()
    {
        var page = Header(new SketchedPage(1));
        for (var row = 0; row < 7; row++)
        {
            Row(page, 130 + (row * 20), row);
        }

        page.Put(50, 300, "Ending balance").PutRight(560, 300, "813.62");

        Extract(page.Build()).Unexplained.ShouldHaveSingleItem().Text.ShouldEndWith("Ending balance 813.62");
    }

    [Fact]
    public void Rows_that_come_latest_first_are_checked_too()
    {
        var page = Header(new SketchedPage(1));
        foreach (var row in (int[])[7, 6, 5, 3, 2, 1, 0])
        {
            Row(page, 130 + ((7 - row) * 20), row);
        }

        Extract(page.Build()).Unexplained.ShouldHaveSingleItem().Text.ShouldContain("Shop 5 12.34 850.64 … 06/04/2011 Shop 3");
    }

    [Fact]
    public void A_statement_of_another_month_begins_with_a_balance_of_its_own()
    {
        var first = Statement(PageSource.TextLayer);
        var second = new SketchedPage(2).Put(50, 50, "Statement Period 08/01/2011 - 08/31/2011");
        Header(second);
        for (var row = 0; row < 8; row++)
        {
            Row(second, 120 + (row * 20), row, balance: 5000);
        }

        Extract([first, second.Build()]).Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void A_row_lost_at_the_turn_of_a_page_is_reported_on_the_later_page()
    {
        var second = Header(new SketchedPage(2));
        for (var row = 9; row < 15; row++)
        {
            Row(second, 120 + (row * 20), row);
        }

        Extract([Statement(PageSource.TextLayer), second.Build()]).Unexplained.ShouldHaveSingleItem().Page.ShouldBe(2);
    }

    [Fact]
    public void An_amount_in_a_column_that_the_schema_does_not_know_explains_its_step()
    {
        var page = Header(new SketchedPage(1)).PutRight(330, 100, "Levy");
        for (var row = 0; row < 8; row++)
        {
            Row(page, 120 + (row * 20), row, balance: row < 4 ? 900 : 899);
        }

        page.PutRight(330, 200, "1.00");

        Extract(page.Build()).Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void Balances_that_do_not_run_from_row_to_row_are_not_checked()
    {
        var page = Header(new SketchedPage(1));
        for (var row = 0; row < 8; row++)
        {
            Row(page, 120 + (row * 20), row, balance: 900 + (row * row * 17));
        }

        Extract(page.Build()).Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void Two_rows_that_recognition_took_for_one_line_count_as_two()
    {
        var page = Header(new SketchedPage(1, PageSource.Ocr));
        for (var row = 0; row < 8; row++)
        {
            Row(page, 120 + (row * 20) - (row is 4 ? 19 : 0), row);
        }

        Extract(page.Build()).RowsSeen.ShouldBe(8);
    }

    private static Page Statement(PageSource source, Func<int, bool>? keep = null, (int Row, string From, string To)? misread = null)
    {
        var page = Header(new SketchedPage(1, source));
        for (var row = 0; row < 8; row++)
        {
            if (keep is null || keep(row))
            {
                Row(page, 120 + (row * 20), row, text => misread is { } slip && slip.Row == row && text == slip.From ? slip.To : text);
            }
        }

        return page.Build();
    }

    private static SketchedPage Header(SketchedPage page) =>
        page.Put(50, 100, "Date").Put(130, 100, "Description").PutRight(400, 100, "Credits").PutRight(480, 100, "Debits").PutRight(560, 100, "Balance");

    private static void Row(SketchedPage page, double y, int row, Func<string, string>? read = null, decimal balance = 912.34m)
    {
        read ??= text => text;
        page.Put(50, y, $"06/{row + 1:00}/2011").Put(130, y, $"Shop {row}").PutRight(480, y, read("12.34"))
            .PutRight(560, y, read((balance - (row * 12.34m)).ToString("#,##0.00", CultureInfo.InvariantCulture)));
    }

    private static ExtractedTable Extract(params Page[] pages) => TableExtractor.Extract([Transactions], pages).ShouldHaveSingleItem();
}
