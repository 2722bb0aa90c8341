using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Statements;

public sealed class StatementLocatorTests
{
    private const string Prose = """
        Our consolidated balance sheets reflect the adoption of new guidance as described in Note 1. See the consolidated
        statements of cash flows for supplemental information. We recorded $12,400 in 2023 and $11,900 in 2022, and we
        expect $9,000 in 2024, $8,000 in 2025, $7,000 in 2026 and $6,000 in 2027, all of which is in our forecast of 2021.
        """;

    private const string SelectedData = """
        Selected consolidated balance sheet data (in thousands)              2023          2022
          Total assets                                                      2,200         1,820
          Total liabilities                                                   500           420
          Total stockholders' equity                                        1,700         1,400
          Cash and cash equivalents                                         1,250         1,100
          Goodwill                                                            310             —
        """;

    private const string Equity = """
                       CONSOLIDATED STATEMENTS OF STOCKHOLDERS' EQUITY
                                 Common stock     Retained earnings      Total equity
        Balance at January 1               10                 1,390             1,400
        Net income                          —                   300               300
        Balance at June 30                 10                 1,690             1,700
        Balance at July 31                 10                 1,690             1,700
        Balance at August 31               10                 1,690             1,700
        """;

    private const string Comprehensive = """
                       CONSOLIDATED STATEMENTS OF COMPREHENSIVE INCOME
                                 (In thousands)
                                                                     2023          2022
        Net income (loss)                                             120           (38)
        Other comprehensive income:
          Foreign currency translation                                  5            (2)
          Unrealized gains on securities                                1             3
        Total other comprehensive income                                6             1
        Comprehensive income (loss)                                   126           (37)
        """;

    [Fact]
    public void Finds_the_three_statements_among_contents_prose_and_other_tables()
    {
        var found = PrintedReport.Locate(
            PrintedReport.Contents, Prose, SelectedData, PrintedReport.BalanceSheet, PrintedReport.IncomeStatement, Comprehensive, Equity, PrintedReport.CashFlow, Prose);

        found.Statements.Select(statement => (statement.Type, Pages: string.Join(',', statement.Pages))).ShouldBe(
            [(StatementType.BalanceSheet, "4"), (StatementType.IncomeStatement, "5"), (StatementType.CashFlow, "8")]);
    }

    [Fact]
    public void A_statement_of_comprehensive_income_is_the_income_statement_where_there_is_no_other()
    {
        const string single = """
                       CONSOLIDATED STATEMENT OF COMPREHENSIVE INCOME
                         for the year ended 31 December 2023
                                                     Note            2023          2022
                                                                     £'000         £'000
            Revenue                                     3           1,700         1,500
            Cost of sales                                            (950)         (850)
            Gross profit                                              750           650
            Administrative expenses                     4            (590)         (700)
            Profit before taxation                                    160           (50)
            Taxation                                    6             (40)           12
            Profit for the year                                       120           (38)
            """;

        var statement = PrintedReport.Locate(single).Statements.ShouldHaveSingleItem();

        statement.Type.ShouldBe(StatementType.IncomeStatement);
    }

    [Fact]
    public void A_statement_goes_on_over_the_next_page()
    {
        var lines = PrintedReport.BalanceSheet.Split('\n');
        var first = string.Join('\n', lines.Take(12));
        var second = "CONSOLIDATED BALANCE SHEETS (continued)\n" + string.Join('\n', lines.Skip(12));

        PrintedReport.Locate(first, second).Statements.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_statement_goes_on_without_a_title_while_its_last_lines_are_missing()
    {
        var lines = PrintedReport.BalanceSheet.Split('\n');

        PrintedReport.Locate(string.Join('\n', lines.Take(12)), string.Join('\n', lines.Skip(12))).Statements.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void The_parents_own_statement_is_left_out_beside_the_consolidated_one()
    {
        var parent = PrintedReport.BalanceSheet.Replace("CONSOLIDATED BALANCE SHEETS", "PARENT COMPANY BALANCE SHEETS", StringComparison.Ordinal);

        var found = PrintedReport.Locate(parent, PrintedReport.BalanceSheet);

        found.Statements.ShouldHaveSingleItem().Pages.ShouldBe([2]);
        found.LeftOut.ShouldHaveSingleItem().Reason.ShouldBe("parent_only");
    }

    [Fact]
    public void A_parents_statement_stands_where_there_is_no_other()
    {
        var parent = PrintedReport.BalanceSheet.Replace("CONSOLIDATED BALANCE SHEETS", "PARENT COMPANY BALANCE SHEETS", StringComparison.Ordinal);

        PrintedReport.Locate(parent).Statements.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("CONSOLIDATED STATEMENT OF FINANCIAL POSITION")]
    [InlineData("Consolidated Statements of Condition")]
    [InlineData("Group balance sheet as at 31 December 2023")]
    [InlineData("NORTHWIND HOLDINGS, INC. CONDENSED CONSOLIDATED BALANCE SHEETS (UNAUDITED)")]
    public void Knows_a_balance_sheet_by_its_other_names(string title)
    {
        var page = PrintedReport.BalanceSheet.Replace("CONSOLIDATED BALANCE SHEETS", title, StringComparison.Ordinal);

        PrintedReport.Locate(page).Statements.ShouldHaveSingleItem().Type.ShouldBe(StatementType.BalanceSheet);
    }

    [Fact]
    public void A_document_without_statements_has_none() => PrintedReport.Locate(PrintedReport.Contents, Prose, SelectedData).Statements.ShouldBeEmpty();
}
