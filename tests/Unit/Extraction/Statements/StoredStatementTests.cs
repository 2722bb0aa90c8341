using System.Text.Json;
using Idp.Application.Extraction;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Statements;

public sealed class StoredStatementTests
{
    [Fact]
    public void A_statement_comes_back_from_storage_as_it_was()
    {
        var result = new ExtractionResult([])
        {
            Statements = [PrintedReport.Read(PrintedReport.BalanceSheet)],
            StatementsLeftOut = [new StatementLeftOut(StatementType.CashFlow, "CASH FLOWS", [3], "parent_only")],
        };

        var stored = JsonSerializer.Serialize(result, ExtractionJson.Default.ExtractionResult);

        var found = JsonSerializer.Deserialize(stored, ExtractionJson.Default.ExtractionResult).ShouldNotBeNull();
        JsonSerializer.Serialize(found, ExtractionJson.Default.ExtractionResult).ShouldBe(stored);
        found.Statements.ShouldHaveSingleItem().Lines.Select(line => line.Cells).ShouldBe(result.Statements[0].Lines.Select(line => line.Cells));
    }

    [Fact]
    public void A_result_that_was_stored_before_there_were_statements_has_none()
    {
        var result = JsonSerializer.Deserialize("""{"accounts":[]}""", ExtractionJson.Default.ExtractionResult).ShouldNotBeNull();

        result.Statements.ShouldBeEmpty();
        result.StatementsLeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void Runs_differ_where_a_value_of_a_statement_does()
    {
        var before = new ExtractionResult([]) { Statements = [PrintedReport.Read(PrintedReport.BalanceSheet)] };
        var after = new ExtractionResult([]) { Statements = [PrintedReport.Read(PrintedReport.BalanceSheet.Replace("  310                     —", "  311                     —", StringComparison.Ordinal))] };

        ResultComparison.Between(before, before).IsNone.ShouldBeTrue();
        var table = ResultComparison.Between(before, after).Accounts.ShouldHaveSingleItem().Tables.ShouldHaveSingleItem();
        (table.Name, table.RowsAdded, table.RowsRemoved).ShouldBe(("balance_sheet", 1, 1));
    }
}
