using System.Globalization;
using System.Text.Json;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Shows statements as tables, for whatever deals with tables: exports, the comparison of runs.</summary>
public static class StatementTable
{
    /// <summary>The columns before those of the periods.</summary>
    public static readonly ValueList<string> LabelColumns = ["section", "label", "level", "currency", "unit"];

    /// <summary>A result whose first account has the statements among its tables.</summary>
    /// <param name="result">The result.</param>
    public static ExtractionResult WithStatementsAsTables(this ExtractionResult result)
    {
        if (result.Statements.Count == 0)
        {
            return result;
        }

        var first = result.Accounts.Count > 0 ? result.Accounts[0] : new AccountExtraction(0, null, [], [], []);
        return new ExtractionResult([first with { Tables = [.. first.Tables, .. result.Statements.Select(Of)] }, .. result.Accounts.Skip(1)]);
    }

    /// <summary>One statement as a table: a row a line item, a column a period.</summary>
    /// <param name="statement">The statement.</param>
    public static ExtractedTable Of(FinancialStatement statement) => new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(statement.Type.ToString()),
        [.. LabelColumns, .. statement.Periods.Select(period => period.Key)],
        statement.Lines.Select(line => new TableRow(line.Page, CellsOf(statement, line), line.Boxes)).ToValueList(),
        statement.LinesSeen,
        statement.Unexplained);

    private static ValueList<TableCell> CellsOf(FinancialStatement statement, StatementLine line)
    {
        (string Column, string? Text)[] labels =
        [
            ("section", line.Section), ("label", line.Label), ("level", line.Level.ToString(CultureInfo.InvariantCulture)), ("currency", statement.Currency),
            ("unit", statement.Unit.ToString(CultureInfo.InvariantCulture)),
        ];
        return
        [
            .. labels.Where(label => !string.IsNullOrEmpty(label.Text)).Select(label => new TableCell(label.Column, label.Text!, label.Text!)),
            .. line.Cells.Select(cell => new TableCell(cell.Period, cell.Value, cell.Printed)),
        ];
    }
}
