using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A row that was added to a table.</summary>
/// <param name="Row">The row.</param>
/// <param name="Report">What was reported in its place.</param>
internal sealed record AddedRow(TableRow Row, UnexplainedRow Report);

/// <summary>Lets the running balance decide between what the rules read of a line and what a model said of it, and close what was open.</summary>
/// <param name="definition">The table.</param>
/// <param name="lines">Its lines.</param>
/// <param name="said">The model's rows.</param>
internal sealed class BalanceProof(TableDefinition definition, TableLines lines, IReadOnlyList<ModelRow> said)
{
    /// <summary>
    /// The table with amounts that only the model's version of a row makes whole, without reports that the balance now refutes, and with those of added rows that
    /// it contradicts. A table without a running balance stays as it is.
    /// </summary>
    /// <param name="table">The table as it stands.</param>
    /// <param name="added">The rows that were added to it.</param>
    public ExtractedTable Apply(ExtractedTable table, IReadOnlyList<AddedRow> added)
    {
        var entries = table.Rows.Select(row => new TableEntry(EntryKind.Row, row.Page, string.Empty, row.Boxes.Count > 0 ? row.Boxes[0] : default) { Row = row }).ToList();
        if (BalanceRule.Learn(definition, entries) is not { } rule)
        {
            return table;
        }

        var rows = table.Rows.ToList();
        var open = table.Unexplained.ToList();
        foreach (var each in added)
        {
            var at = rows.IndexOf(each.Row);
            if (Contradicted(rule, rows, at, open))
            {
                var moved = InOtherColumn(rule, rows, at);
                rows[at] = moved ?? rows[at];
                open.AddRange(moved is null ? [each.Report] : []);
            }
        }

        foreach (var report in table.Unexplained)
        {
            var at = rows.FindIndex(row => row.Page == report.Page && row.Boxes.Any(box => IsReported(report, box)));
            if (at >= 0 && !Holds(rule, rows, at) && Proved(rule, rows, at) is { } proved)
            {
                (rows[at], _) = (proved, open.Remove(report));
            }
            else if (at >= 0 && Holds(rule, rows, at) && Follows(rule, rows, rule.IsBackward ? at + 1 : at - 1, at) is true)
            {
                open.Remove(report);
            }
        }

        return table with { Rows = rows.ToValueList(), Unexplained = open.OrderBy(report => report.Page).ThenBy(report => report.Box.CenterY).ToValueList() };
    }

    /// <summary>True when the balance does not run on to a row, although nothing is missing in between.</summary>
    private static bool Contradicted(BalanceRule rule, List<TableRow> rows, int at, List<UnexplainedRow> open)
    {
        var before = rule.IsBackward ? at + 1 : at - 1;
        var (upper, lower) = (Math.Min(before, at), Math.Max(before, at));
        return Follows(rule, rows, before, at) is false && !open.Exists(report =>
            report.Page >= rows[upper].Page && report.Page <= rows[lower].Page
            && (report.Page > rows[upper].Page || report.Box.CenterY > EdgeOf(rows[upper])) && (report.Page < rows[lower].Page || report.Box.CenterY < EdgeOf(rows[lower])));
    }

    private static double EdgeOf(TableRow row) => row.Boxes.Count > 0 ? row.Boxes[0].CenterY : 0;

    /// <summary>The row with its one amount in another column, if the balance runs on then: a model may take a debit for a credit.</summary>
    private TableRow? InOtherColumn(BalanceRule rule, List<TableRow> rows, int at)
    {
        var moving = rows[at].Cells.Where(cell => rule.Signs.Any(sign => sign.Column == cell.Column)).ToList();
        var candidates = moving.Count is 1 ? rule.Signs.Where(sign => sign.Column != moving[0].Column) : [];
        var order = definition.Columns.Select(column => column.Name).ToList();
        return candidates
            .Select(sign => rows[at] with { Cells = rows[at].Cells.Select(cell => cell == moving[0] ? cell with { Column = sign.Column } : cell).OrderBy(cell => order.IndexOf(cell.Column)).ToValueList() })
            .FirstOrDefault(moved => Holds(rule, [.. rows.Take(at), moved, .. rows.Skip(at + 1)], at));
    }

    /// <summary>True when a report is about the very line of a row.</summary>
    private bool IsReported(UnexplainedRow report, Box row) =>
        lines.LinesIn(report.Page, report.Box) is { Count: 1 } reported && lines.BoxOf(report.Page, reported[0]).VerticalOverlap(row) > 0.5
        && lines.BoxOf(report.Page, reported[0]).HorizontalOverlap(row) > 0.5;

    /// <summary>The row with the model's amounts, if with them the balances run on and with the rules' they do not.</summary>
    private TableRow? Proved(BalanceRule rule, List<TableRow> rows, int at)
    {
        foreach (var model in said)
        {
            var cells = rows[at].Cells.Select(cell => Replaced(rows[at].Page, cell, model)).ToValueList();
            var changed = rows[at] with { Cells = cells };
            var differing = cells.Zip(rows[at].Cells).Count(pair => pair.First != pair.Second);
            if (differing > 0 && KeepsOthers(rows[at], model) && Holds(rule, [.. rows.Take(at), changed, .. rows.Skip(at + 1)], at))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>A cell with the model's amount; other cells stay.</summary>
    private TableCell Replaced(int page, TableCell cell, ModelRow model) =>
        definition.Columns.FirstOrDefault(column => column.Name == cell.Column) is { Type: FieldType.Money } column && NormalOf(page, column, model) is { } value
            ? cell with { Value = value }
            : cell;

    /// <summary>True when the model's row is about the same line: whatever is no amount is the same, and there is something.</summary>
    private bool KeepsOthers(TableRow row, ModelRow model)
    {
        var others = row.Cells.Select(cell => (Cell: cell, Column: definition.Columns.FirstOrDefault(column => column.Name == cell.Column)))
            .Where(each => each.Column is { Type: FieldType.Date or FieldType.Text or FieldType.Identifier })
            .Select(each => (each.Cell.Value, Said: NormalOf(row.Page, each.Column!, model))).Where(each => each.Said is not null).ToList();
        return others.Count > 0 && (model.Page is null || model.Page == row.Page)
            && others.TrueForAll(each => PageText.Letters(each.Value) == PageText.Letters(each.Said!));
    }

    private string? NormalOf(int page, ColumnDefinition column, ModelRow model) =>
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
