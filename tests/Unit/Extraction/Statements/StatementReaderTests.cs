using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Statements;

public sealed class StatementReaderTests
{
    [Fact]
    public void Reads_columns_unit_and_currency_of_a_balance_sheet()
    {
        var statement = PrintedReport.Read(PrintedReport.BalanceSheet);

        statement.Periods.Select(period => period.Key).ShouldBe(["2023-06-30", "2022-12-31"]);
        statement.Unit.ShouldBe(1000);
        statement.Currency.ShouldBe("USD");
    }

    [Fact]
    public void Reads_every_line_in_order_and_nothing_besides()
    {
        var statement = PrintedReport.Read(PrintedReport.BalanceSheet);

        statement.Lines.Select(line => line.Label).ShouldBe(
        [
            "Cash and cash equivalents", "Accounts receivable, net", "Total current assets", "Goodwill", "Total assets", "Accounts payable", "Accrued expenses", "Total current liabilities",
            "Common stock, $0.01 par value; 900,000 shares authorized; 462,000 and 475,000 shares outstanding, respectively", "Accumulated deficit", "Additional paid-in capital",
            "Total stockholders' equity", "Total liabilities and stockholders' equity",
        ]);
        statement.LinesSeen.ShouldBe(statement.Lines.Count);
        statement.Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void A_balance_sheet_with_assets_beside_liabilities_is_read_table_by_table()
    {
        var statement = PrintedReport.Read(PrintedReport.BalanceSheetInTwoColumns);

        statement.Periods.Select(period => period.Key).ShouldBe(["2023-12-31", "2022-12-31"]);
        statement.Lines.Select(line => $"{line.Section}/{line.Label}: {string.Join(' ', line.Cells.Select(cell => cell.Value))}").ShouldBe(
        [
            "Current assets/Cash: 1250 1100", "Current assets/Receivables: 640 720", "Current assets/Total current: 1890 1820", "Current assets/Goodwill: 310 0", "Current assets/Total assets: 2200 1820",
            "Current liabilities/Accounts payable: 400 350", "Current liabilities/Accrued expenses: 100 70", "Current liabilities/Total current: 500 420",
            "Current liabilities/Share capital: 1690 1390", "Current liabilities/Retained earnings: 10 10", "Current liabilities/Total liabilities and equity: 2200 1820",
        ]);
        statement.LinesSeen.ShouldBe(statement.Lines.Count);
        statement.Checks.ShouldContain(check => check.Holds);
        statement.Unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void Brackets_are_negative_and_a_dash_is_zero()
    {
        var statement = PrintedReport.Read(PrintedReport.BalanceSheet);

        statement.Line("Accumulated deficit").Cells.Select(cell => cell.Value).ShouldBe(["-310", "-610"]);
        statement.Line("Goodwill").Cells.Select(cell => cell.Value).ShouldBe(["310", "0"]);
    }

    [Fact]
    public void Lines_know_their_heading_and_how_far_they_are_indented()
    {
        var statement = PrintedReport.Read(PrintedReport.BalanceSheet);

        statement.Line("Accounts payable").Section.ShouldBe("Current liabilities");
        statement.Line("Goodwill").Level.ShouldBe(0);
        statement.Line("Accounts payable").Level.ShouldBe(1);
        statement.Line("Total current liabilities").Level.ShouldBe(2);
    }

    [Fact]
    public void Each_value_has_the_box_of_its_number()
    {
        var cell = PrintedReport.Read(PrintedReport.BalanceSheet).Line("Accounts payable").Cells[0];

        cell.Printed.ShouldBe("400");
        var box = cell.Box.ShouldNotBeNull();
        (box.X, box.Right).ShouldBe((PrintedReport.BalanceSheet.Split('\n').First(line => line.Contains("Accounts payable", StringComparison.Ordinal)).IndexOf("400", StringComparison.Ordinal) / 100.0, box.X + 0.03));
    }

    [Fact]
    public void Columns_that_end_on_the_same_day_are_told_apart_by_their_length()
    {
        var statement = PrintedReport.Read(PrintedReport.IncomeStatement);

        statement.Periods.Select(period => period.Key).ShouldBe(["3M 2023-06-30", "3M 2022-06-30", "6M 2023-06-30", "6M 2022-06-30"]);
        statement.Line("Net income (loss)").Cells.Select(cell => cell.Value).ShouldBe(["75", "-7", "120", "-38"]);
        statement.Line("Basic").Cells.Select(cell => cell.Value).ShouldBe(["0.16", "-0.01", "0.26", "-0.08"]);
    }

    [Fact]
    public void What_is_owned_equals_what_is_owed_or_the_statement_says_so()
    {
        var right = PrintedReport.Read(PrintedReport.BalanceSheet);
        var wrong = PrintedReport.Read(PrintedReport.BalanceSheet.Replace("equity        $       2,200", "equity        $       2,900", StringComparison.Ordinal));

        right.Checks.ShouldContain(check => check.Name == "assets_equal_liabilities_and_equity" && check.Holds);
        right.BrokenIdentities().ShouldBeEmpty();
        wrong.BrokenIdentities().ShouldHaveSingleItem().Period.ShouldBe("2023-06-30");
        wrong.Line("Total liabilities and stockholders' equity").Confidence.ShouldBeLessThan(right.Line("Total liabilities and stockholders' equity").Confidence);
    }

    [Fact]
    public void Cash_reconciles_from_its_activities_and_from_year_to_year()
    {
        var checks = PrintedReport.Read(PrintedReport.CashFlow).Checks;

        checks.Where(check => check.Name == "cash_reconciles").Select(check => (check.Period, check.Holds)).ShouldBe([("2023-12-31", true), ("2022-12-31", true)]);
        checks.Where(check => check.Name == "cash_at_end").ShouldAllBe(check => check.Holds);
    }

    [Fact]
    public void A_value_that_cannot_be_read_makes_its_line_unexplained()
    {
        var statement = PrintedReport.Read(PrintedReport.BalanceSheet.Replace("              400                   350", "              4#00                  350", StringComparison.Ordinal));

        statement.Unexplained.ShouldHaveSingleItem().Text.ShouldContain("Accounts payable");
    }

    [Fact]
    public void References_to_notes_are_no_values_and_years_alone_are_dated_by_the_caption()
    {
        const string page = """
                           CONSOLIDATED INCOME STATEMENT
                        for the year ended 31 March 2023
                                                 Note            2023          2022
                                                                   £m            £m
            Revenue                                 3         1,700.5       1,500.2
            Cost of sales                           4          (950.0)       (850.2)
            Gross profit                                        750.5         650.0
            Administrative expenses                 5          (590.5)       (700.0)
            Profit before taxation                              160.0         (50.0)
            Taxation                                6           (40.0)         12.0
            Profit for the year                                 120.0         (38.0)
            """;

        var statement = PrintedReport.Read(page);

        statement.Periods.Select(period => (period.Key, period.Months)).ShouldBe([("2023-03-31", 12), ("2022-03-31", 12)]);
        statement.Line("Revenue").Cells.Select(cell => cell.Value).ShouldBe(["1700.5", "1500.2"]);
        (statement.Currency, statement.Unit).ShouldBe(("GBP", 1_000_000L));
        statement.Checks.ShouldAllBe(check => check.Holds);
    }

    [Theory]
    [InlineData("1 250", "1250")]
    [InlineData("1.250", "1250")]
    [InlineData("1'250", "1250")]
    [InlineData("-1,250", "-1250")]
    [InlineData("(1,250)", "-1250")]
    public void Reads_numbers_in_the_styles_of_several_countries(string printed, string value)
    {
        var page = PrintedReport.BalanceSheet.Replace("$       1,250", $"$ {printed,11}", StringComparison.Ordinal);

        PrintedReport.Read(page).Line("Cash and cash equivalents").Cells[0].Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("$1,250", "1250")]
    [InlineData("S1,250", "1250")]
    [InlineData("1.250", "1250")]
    [InlineData("1,25O", "1250")]
    [InlineData("1,250)", "-1250")]
    [InlineData("{1,250)", "-1250")]
    public void Forgives_what_recognition_does_to_numbers(string printed, string value)
    {
        var page = PrintedReport.BalanceSheet.Replace("$       1,250", $"$ {printed,11}", StringComparison.Ordinal);

        // Where the sums know better, what was read is the alternative.
        var cell = PrintedReport.Read(page, PageSource.Ocr).Line("Cash and cash equivalents").Cells[0];
        (cell.Alternative ?? cell.Value).ShouldBe(value);
    }

    [Theory]
    [InlineData("$00", "400")]
    [InlineData("4O0", "400")]
    [InlineData("4400", "400")]
    [InlineData("900", "900")]
    public void In_a_scan_a_sum_mends_digits_that_are_nearly_right(string printed, string value)
    {
        // With 900 another digit would have to be wrong, or the other term: nobody can say.
        var page = PrintedReport.BalanceSheet.Replace("  400                   350", $"{printed,5}                   350", StringComparison.Ordinal)
            .Replace("  100                    70", printed == "900" ? "  101                    70" : "  100                    70", StringComparison.Ordinal);

        PrintedReport.Read(page, PageSource.Ocr).Line("Accounts payable").Cells[0].Value.ShouldBe(value);
        PrintedReport.Read(page).Line("Total current liabilities").Cells[0].Value.ShouldBe("500");
    }

    [Fact]
    public void A_label_may_end_below_its_values()
    {
        var page = PrintedReport.BalanceSheet.Replace(
            "Goodwill                                                        310                     —",
            "Goodwill and other intangible assets, net of                    310                     —\n  accumulated amortization", StringComparison.Ordinal);

        PrintedReport.Read(page).Lines.ShouldContain(line => line.Label == "Goodwill and other intangible assets, net of accumulated amortization" && line.Boxes.Count == 2);
    }

    [Fact]
    public void A_page_that_goes_on_without_headings_has_the_columns_of_the_page_before()
    {
        var lines = PrintedReport.BalanceSheet.Split('\n');
        var located = PrintedReport.Locate(string.Join('\n', lines.Take(12)), string.Join('\n', lines.Skip(12))).Statements.ShouldHaveSingleItem();

        var statement = StatementReader.Read(located);

        statement.Line("Accrued expenses").ValueOf("2022-12-31").ShouldBe("70");
        statement.Line("Accrued expenses").Page.ShouldBe(2);
        statement.Checks.ShouldContain(check => check.Name == "assets_equal_liabilities_and_equity" && check.Holds);
    }

    [Fact]
    public void A_table_of_the_statement_has_a_row_for_each_line()
    {
        var table = StatementTable.Of(PrintedReport.Read(PrintedReport.BalanceSheet));

        table.Name.ShouldBe("balance_sheet");
        table.Columns.TakeLast(2).ShouldBe(["2023-06-30", "2022-12-31"]);
        table.Rows.Count.ShouldBe(13);
    }
}
