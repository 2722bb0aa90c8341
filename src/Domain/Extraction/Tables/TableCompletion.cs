using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Completes a table that the rules read with rows that a model named, and says which lines are still unexplained.</summary>
/// <remarks>
/// A model's row counts only where its words stand on a line that no other row explains, and it becomes what is printed there. So nothing is invented, and
/// <see cref="ExtractedTable.RowsSeen"/>, which is counted without any model, stays true.
/// </remarks>
public static class TableCompletion
{
    /// <summary>Completes one table.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="rules">What the rules read of it, or what an earlier completion made of that; null when they found no such table.</param>
    /// <param name="model">The rows that a model named; those of other tables are passed over.</param>
    /// <param name="pages">The pages of the account.</param>
    public static CompletedTable Complete(
        TableDefinition definition, ExtractedTable? rules, IReadOnlyList<ModelRow> model, IReadOnlyList<Page> pages)
    {
        var said = model.Where(row => row.Table.Equals(definition.Name, StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        if (rules is { Unexplained.Count: 0 } || (rules is null && said.Count is 0))
        {
            return new CompletedTable(rules, []);
        }

        var lines = new TableLines(pages);
        var table = rules is null ? FromModel(definition, lines, said) : Filled(definition, lines, rules, said);
        return new CompletedTable(table, RowBands.Of(definition, lines, table?.Unexplained ?? []).ToValueList());
    }

    /// <summary>The table of a model alone: each of its rows that a line prints, each line once.</summary>
    private static ExtractedTable? FromModel(TableDefinition definition, TableLines lines, List<ModelRow> said)
    {
        var places = lines.Pages.SelectMany(page => Enumerable.Range(0, lines.On(page)!.Lines.Count).Select(line => (page, line))).ToList();
        var rows = Assign(definition, lines, places, said).Select(found => found.Row).ToList();
        return rows.Count is 0 ? null : new ExtractedTable(definition.Name, ColumnsOf(definition, [], rows), InPrintedOrder(rows), rows.Count, []);
    }

    private static ExtractedTable Filled(TableDefinition definition, TableLines lines, ExtractedTable rules, List<ModelRow> said)
    {
        foreach (var row in rules.Rows)
        {
            lines.Take(row);
        }

        var places = rules.Unexplained.SelectMany(row => lines.LinesIn(row.Page, row.Box).Select(line => (row.Page, Line: line))).Distinct().ToList();
        var found = Assign(definition, lines, places, said);
        var open = rules.Unexplained.ToList();
        foreach (var (page, line, _) in found)
        {
            // A hole that lost several rows is listed once for each, so that one row fills one of them.
            var explained = open.FindIndex(row => row.Page == page && lines.LinesIn(page, row.Box).Contains(line));
            if (explained >= 0)
            {
                open.RemoveAt(explained);
            }
        }

        var added = found.Select(each => each.Row).ToList();
        var rows = InPrintedOrder([.. rules.Rows, .. added]);
        var table = rules with
        {
            Columns = ColumnsOf(definition, rules.Columns, added), Rows = rows, RowsSeen = Math.Max(rules.RowsSeen, rows.Count), Unexplained = open.ToValueList(),
        };
        return BalanceProof.Apply(definition, lines, table, said);
    }

    /// <summary>Gives each of some lines at most one row and each row at most one line, the best agreement first.</summary>
    private static List<(int Page, int Line, TableRow Row)> Assign(
        TableDefinition definition, TableLines lines, List<(int Page, int Line)> places, List<ModelRow> said)
    {
        var matcher = new RowMatcher(definition, lines.Calendar);
        var matches = new List<(double Score, int Place, int Row, TableRow Printed)>();
        for (var place = 0; place < places.Count; place++)
        {
            var (page, line) = places[place];
            var items = lines.FreeItems(page, line);
            for (var row = 0; row < said.Count && items.Count > 0; row++)
            {
                if (matcher.Match(lines.On(page)!, items, said[row]) is { } match)
                {
                    matches.Add((match.Score, place, row, match.Row));
                }
            }
        }

        var (places_, rows) = (new HashSet<int>(), new HashSet<int>());
        return matches.OrderByDescending(match => match.Score).ThenBy(match => match.Row).ThenBy(match => match.Place)
            .Where(match => !places_.Contains(match.Place) && !rows.Contains(match.Row) && places_.Add(match.Place) && rows.Add(match.Row))
            .Select(match => (places[match.Place].Page, places[match.Place].Line, match.Printed)).ToList();
    }

    private static ValueList<string> ColumnsOf(TableDefinition definition, ValueList<string> printed, List<TableRow> added)
    {
        var used = added.SelectMany(row => row.Cells).Select(cell => cell.Column).ToHashSet(StringComparer.Ordinal);
        return printed.Concat(definition.Columns.Select(column => column.Name).Where(used.Contains)).Distinct(StringComparer.Ordinal).ToValueList();
    }

    /// <summary>By page and height; rows of one height stay in the order in which they came, as tables side by side do.</summary>
    private static ValueList<TableRow> InPrintedOrder(List<TableRow> rows) =>
        rows.OrderBy(row => row.Page).ThenBy(row => row.Boxes.Count > 0 ? Math.Round(row.Boxes[0].CenterY, 3) : 0).ToValueList();
}
