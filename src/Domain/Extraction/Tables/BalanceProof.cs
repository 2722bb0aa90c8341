using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Lets the running balance decide between what the rules read of a line and what a model said of it, and close what was open.</summary>
internal static class BalanceProof
{
    /// <summary>The table with amounts that only the model's version of a row makes whole, and without reports that the balance now refutes.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="table">The table as it stands.</param>
    /// <param name="said">The model's rows.</param>
    public static ExtractedTable Apply(TableDefinition definition, TableLines lines, ExtractedTable table, IReadOnlyList<ModelRow> said)
    {
        var entries = table.Rows.Select(row => new TableEntry(EntryKind.Row, row.Page, string.Empty, row.Boxes.Count > 0 ? row.Boxes[0] : default) { Row = row }).ToList();
        if (table.Unexplained.Count is 0 || BalanceRule.Learn(definition, entries) is not { } rule)
        {
            return table;
        }

        var rows = table.Rows.ToList();
        var open = table.Unexplained.ToList();
        foreach (var report in table.Unexplained)
        {
            var at = rows.FindIndex(row => row.Page == report.Page && row.Boxes.Any(box => IsReported(lines, report, box)));
            if (at >= 0 && !Holds(rule, rows, at) && Proved(definition, lines, rule, rows, at, said) is { } proved)
            {
                (rows[at], _) = (proved, open.Remove(report));
            }
            else if (at >= 0 && Holds(rule, rows, at))
            {
                open.Remove(report);
            }
        }

        return table with { Rows = rows.ToValueList(), Unexplained = open.ToValueList() };
    }

    /// <summary>True when a report is about the very line of a row.</summary>
    private static bool IsReported(TableLines lines, UnexplainedRow report, Box row) =>
        lines.LinesIn(report.Page, report.Box) is { Count: 1 } reported && lines.BoxOf(report.Page, reported[0]).VerticalOverlap(row) > 0.5
        && lines.BoxOf(report.Page, reported[0]).HorizontalOverlap(row) > 0.5;

    /// <summary>The row with the model's amounts, if with them the balances run on and with the rules' they do not.</summary>
    private static TableRow? Proved(TableDefinition definition, TableLines lines, BalanceRule rule, List<TableRow> rows, int at, IReadOnlyList<ModelRow> said)
    {
        foreach (var model in said)
        {
            var cells = rows[at].Cells.Select(cell => Replaced(definition, lines, rows[at].Page, cell, model)).ToValueList();
            var changed = rows[at] with { Cells = cells };
            var differing = cells.Zip(rows[at].Cells).Count(pair => pair.First != pair.Second);
            if (differing > 0 && KeepsOthers(definition, lines, rows[at], model) && Holds(rule, [.. rows.Take(at), changed, .. rows.Skip(at + 1)], at))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>A cell with the model's amount; other cells stay.</summary>
    private static TableCell Replaced(TableDefinition definition, TableLines lines, int page, TableCell cell, ModelRow model) =>
        definition.Columns.FirstOrDefault(column => column.Name == cell.Column) is { Type: FieldType.Money } column && NormalOf(lines, page, column, model) is { } value
            ? cell with { Value = value }
            : cell;

    /// <summary>True when the model's row is about the same line: whatever is no amount is the same, and there is something.</summary>
    private static bool KeepsOthers(TableDefinition definition, TableLines lines, TableRow row, ModelRow model)
    {
        var others = row.Cells.Select(cell => (Cell: cell, Column: definition.Columns.FirstOrDefault(column => column.Name == cell.Column)))
            .Where(each => each.Column is { Type: FieldType.Date or FieldType.Text or FieldType.Identifier })
            .Select(each => (each.Cell.Value, Said: NormalOf(lines, row.Page, each.Column!, model))).Where(each => each.Said is not null).ToList();
        return others.Count > 0 && (model.Page is null || model.Page == row.Page)
            && others.TrueForAll(each => PageText.Letters(each.Value) == PageText.Letters(each.Said!));
    }

    private static string? NormalOf(TableLines lines, int page, ColumnDefinition column, ModelRow model) =>
        model.Cells.FirstOrDefault(cell => cell.Column.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is { } cell
            ? column.Type is FieldType.Date ? lines.Calendar.Normalize(cell.Value, page) : ValueNormalizer.Normalize(column.Type, cell.Value)
            : null;

    /// <summary>True when the balance runs on from the row before and to the row after; at least one of the two must tell.</summary>
    private static bool Holds(BalanceRule rule, List<TableRow> rows, int at)
    {
        var (before, after) = rule.IsBackward ? (at + 1, at - 1) : (at - 1, at + 1);
        var (from, to) = (Follows(rule, rows, before, at), Follows(rule, rows, at, after));
        return from is not false && to is not false && (from is true || to is true);
    }

    private static bool? Follows(BalanceRule rule, List<TableRow> rows, int first, int second) =>
        first >= 0 && second >= 0 && first < rows.Count && second < rows.Count
        && BalanceRule.Cents(rows[first], rule.Balance) is { } from && BalanceRule.Cents(rows[second], rule.Balance) is { } to && rule.Move(rows[second]) is { } move
            ? BalanceRule.Agree(to, from + move)
            : null;
}
