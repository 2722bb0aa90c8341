using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Tables;

public sealed class TableCompletionTests
{
    private static readonly TableDefinition Transactions = new("transactions",
    [
        new("date", FieldType.Date, ["Date"]), new("description", FieldType.Text, ["Description"]), new("credit", FieldType.Money, ["Credits"]),
        new("debit", FieldType.Money, ["Debits"]), new("balance", FieldType.Money, ["Balance"]),
    ]);

    private static readonly string[][] Printed =
    [
        ["03/01/2020", "Salary", "2,000.00", "", "2,100.00"], ["03/02/2020", "Grocer", "", "50.25", "2,049.75"], ["03/03/2020", "Rent", "", "900.00", "1,149.75"],
        ["03/04/2020", "Power works", "", "80.10", "1,069.65"], ["03/05/2020", "Interest", "1.15", "", "1,070.80"], ["03/06/2020", "Book shop", "", "20.00", "1,050.80"],
        ["03/07/2020", "Dentist", "", "150.00", "900.80"], ["03/08/2020", "Refund", "12.00", "", "912.80"],
    ];

    [Fact]
    public void A_table_that_is_complete_stays_as_it_is()
    {
        var whole = Whole();
        var completed = Complete(whole, [Model(3), Model(4)]);
        completed.Table.ShouldBe(whole);
        completed.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void An_unexplained_line_becomes_the_row_that_the_model_found_there()
    {
        var completed = Complete(Without(3), [Model(3)]);
        completed.Table.ShouldBe(Whole());
        completed.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_taken_over_is_what_is_printed()
    {
        var said = new ModelRow("transactions", 1, [Cell("date", "2020-03-04"), Cell("description", "POWER WORKS CO"), Cell("debit", "-80.1"), Cell("credit", "0.00"), Cell("balance", "1069.65")]);
        Complete(Without(3), [said]).Table.ShouldBe(Whole());
    }

    [Theory]
    [InlineData("debit", "80.11")]
    [InlineData("balance", "1,069.56")]
    [InlineData("date", "03/05/2020")]
    [InlineData("description", "Dentist")]
    public void A_row_of_which_one_cell_is_not_on_the_line_explains_nothing(string column, string said)
    {
        var row = Model(3);
        var wrong = row with { Cells = row.Cells.Select(cell => cell.Column == column ? Cell(column, said) : cell).ToValueList() };
        var completed = Complete(Without(3), [wrong]);
        completed.Table.ShouldBe(Without(3));
        completed.Missing.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_number_before_an_amount_is_no_part_of_it()
    {
        var page = new SketchedPage(1).Put(50, 60, "03/01/2020").Put(130, 60, "Check 1").PutRight(260, 60, "234.00").Build();
        TableCompletion.Complete(Transactions, null, [new("transactions", 1, [Cell("date", "03/01/2020"), Cell("debit", "1,234.00")])], [page]).Table.ShouldBeNull();
    }

    [Fact]
    public void One_line_explains_one_row() => Complete(Without(3), [Model(3), Model(3) with { Page = null }]).Table.ShouldNotBeNull().Rows.Count.ShouldBe(8);

    [Fact]
    public void A_wrongly_named_page_does_not_matter() => Complete(Without(3), [Model(3) with { Page = 7 }]).Table.ShouldBe(Whole());

    [Fact]
    public void Rows_of_other_tables_are_passed_over() => Complete(Without(3), [Model(3) with { Table = "fees" }]).Table.ShouldBe(Without(3));

    [Fact]
    public void What_stays_unexplained_is_a_band_with_its_neighbours_and_the_header()
    {
        var band = Complete(Without(3), []).Missing.ShouldHaveSingleItem();
        (band.Lines, band.Header, band.Rows).ShouldBe((new PageBand(1, 3, 3), new PageBand(1, 0, 1), 1));
        band.TextOf([Page()]).Split('\n').ShouldBe(
            ["Date Description Credits Debits Balance", "03/03/2020 Rent 900.00 1,149.75", "03/04/2020 Power works 80.10 1,069.65", "03/05/2020 Interest 1.15 1,070.80"]);
    }

    [Fact]
    public void Neighbouring_lines_are_asked_about_together_and_distant_ones_apart()
    {
        Complete(Without(3, 4), []).Missing.ShouldHaveSingleItem().Rows.ShouldBe(2);
        Complete(Without(1, 6), []).Missing.Select(band => band.Lines).ShouldBe([new PageBand(1, 1, 3), new PageBand(1, 6, 3)]);
    }

    [Fact]
    public void The_header_of_an_earlier_page_heads_a_page_without_one()
    {
        var second = Page(Enumerable.Range(0, 4), 2, hasHeader: false);
        var first = Page(Enumerable.Range(4, 4), 1);
        var line = second.Words.Skip(4).Take(4).ToList();
        var table = Whole() with { Rows = [], Unexplained = [new UnexplainedRow(2, "03/02/2020 Grocer", Box.Union(line.Select(word => word.Box)))] };
        TableCompletion.Complete(Transactions, table, [], [first, second]).Missing.ShouldHaveSingleItem().Header.ShouldBe(new PageBand(1, 0, 1));
    }

    [Fact]
    public void Without_a_table_of_the_rules_the_models_rows_are_those_that_are_printed()
    {
        var completed = Complete(null, [Model(0), Model(2), Model(2) with { Cells = [Cell("date", "03/09/2020"), Cell("debit", "77.00")] }]);
        var table = completed.Table.ShouldNotBeNull();
        table.Rows.ShouldBe([Whole().Rows[0], Whole().Rows[2]]);
        table.RowsSeen.ShouldBe(2);
        table.Columns.ShouldBe(["date", "description", "credit", "debit", "balance"]);
    }

    [Fact]
    public void A_model_that_only_invents_makes_no_table() => Complete(null, [new ModelRow("transactions", 1, [Cell("date", "03/09/2020"), Cell("debit", "77.00")])]).Table.ShouldBeNull();

    [Fact]
    public void An_amount_in_the_wrong_column_goes_where_the_balance_wants_it()
    {
        var row = Model(3);
        var wrong = row with { Cells = row.Cells.Select(cell => cell.Column == "debit" ? cell with { Column = "credit" } : cell).ToValueList() };
        Complete(Without(3), [wrong]).Table.ShouldBe(Whole());
    }

    [Fact]
    public void A_row_of_the_rules_is_changed_only_when_the_balance_says_so()
    {
        var misread = Misread(Whole(), "20.80", report: true);
        Complete(misread, [Model(5)]).Table.ShouldBe(Whole());

        var row = Model(5);
        var wrong = row with { Cells = row.Cells.Select(cell => cell.Column == "debit" ? Cell("debit", "30.00") : cell).ToValueList() };
        Complete(misread, [wrong]).Table.ShouldBe(misread);
        Complete(Without(3), [Model(3), wrong]).Table.ShouldBe(Whole());
    }

    /// <summary>The table with another amount in its sixth row, as if it had been misread.</summary>
    private static ExtractedTable Misread(ExtractedTable table, string amount, bool report)
    {
        var row = table.Rows[5];
        var wrong = row with { Cells = row.Cells.Select(cell => cell.Column == "debit" ? cell with { Value = amount } : cell).ToValueList() };
        return table with
        {
            Rows = table.Rows.Select(each => each == row ? wrong : each).ToValueList(),
            Unexplained = report ? [new UnexplainedRow(1, "03/06/2020 Book shop 20.00 1,050.80", row.Boxes[0])] : [],
        };
    }

    private static CompletedTable Complete(ExtractedTable? rules, ModelRow[] said) => TableCompletion.Complete(Transactions, rules, said, [Page()]);

    private static ExtractedTable Whole() => TableExtractor.Extract([Transactions], [Page()]).ShouldHaveSingleItem();

    /// <summary>The table as if the rules had not been able to read some rows.</summary>
    private static ExtractedTable Without(params int[] unread)
    {
        var whole = Whole();
        return whole with
        {
            Rows = whole.Rows.Where((_, row) => !unread.Contains(row)).ToValueList(),
            Unexplained = unread.Select(row => new UnexplainedRow(1, string.Join(' ', Printed[row]), whole.Rows[row].Boxes[0])).ToValueList(),
        };
    }

    private static ModelRow Model(int row) => new(
        "transactions", 1, Transactions.Columns.Select((column, at) => (column.Name, Text: Printed[row][at])).Where(each => each.Text.Length > 0).Select(each => Cell(each.Name, each.Text)).ToValueList());

    private static TableCell Cell(string column, string text) => new(column, text, text);

    private static Page Page() => Page(Enumerable.Range(0, Printed.Length), 1);

    private static Page Page(IEnumerable<int> rows, int number, bool hasHeader = true)
    {
        var page = new SketchedPage(number);
        if (hasHeader)
        {
            page.Put(50, 40, "Date").Put(130, 40, "Description").PutRight(400, 40, "Credits").PutRight(480, 40, "Debits").PutRight(560, 40, "Balance");
        }

        foreach (var (row, at) in rows.Select((row, at) => (row, at)))
        {
            var (y, cells) = (60 + (at * 18), Printed[row]);
            page.Put(50, y, cells[0]).Put(130, y, cells[1]).PutRight(400, y, cells[2]).PutRight(480, y, cells[3]).PutRight(560, y, cells[4]);
        }

        return page.Build();
    }
}
