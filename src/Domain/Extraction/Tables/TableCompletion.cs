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
        var table = said.Count is 0 ? rules : rules is null ? FromModel(definition, lines, said) : Filled(definition, lines, rules, said);
        return new CompletedTable(table, RowBands.Of(definition, lines, table?.Unexplained ?? []).ToValueList());
    }

    /// <summary>The table of a model alone: each of its rows that a line prints, each line once.</summary>
    private static ExtractedTable? FromModel(TableDefinition definition, TableLines lines, List<ModelRow> said)
    {
        var places = lines.Pages.SelectMany(page => Enumerable.Range(0, lines.On(page)!.Lines.Count).Select(line => (page, line))).ToList();
        var rows = Assign(definition, lines, places, said).Select(found => found.Row).ToList();
        return rows.Count is 0 ? null : new ExtractedTable(definition.Name, ColumnsOf(definition, [], rows), WithRows([], rows), rows.Count, []);
    }

    private static ExtractedTable Filled(TableDefinition definition, TableLines lines, ExtractedTable rules, List<ModelRow> said)
    {
        foreach (var row in rules.Rows)
        {
            lines.Take(row);
        }

        var places = rules.Unexplained.SelectMany(row => lines.LinesIn(row.Page, row.Box).Select(line => (row.Page, Line: line))).Distinct().ToList();
        var open = rules.Unexplained.ToList();
        var added = new List<AddedRow>();
        foreach (var (page, line, row) in Assign(definition, lines, places, said))
        {
            // A hole that lost several rows is listed once for each, so that one row fills one of them.
            var explained = open.FindIndex(report => report.Page == page && lines.LinesIn(page, report.Box).Contains(line));
            if (explained >= 0)
            {
                added.Add(new AddedRow(row, open[explained]));
                open.RemoveAt(explained);
            }
        }

        var rows = WithRows(rules.Rows, added.Select(each => each.Row));
        var table = rules with
        {
            Columns = ColumnsOf(definition, rules.Columns, rows),
            Rows = rows,
            RowsSeen = Math.Max(rules.RowsSeen, rows.Count),
            Unexplained = open.ToValueList(),
        };
        return new BalanceProof(definition, lines, said).Apply(table, added);
    }

    /// <summary>Gives each of some lines at most one row and each row at most one line, the best agreement first.</summary>
    private static List<(int Page, int Line, TableRow Row)> Assign(
        TableDefinition definition, TableLines lines, List<(int Page, int Line)> places, List<ModelRow> said)
    {
        var matcher = new RowMatcher(definition, lines.Calendar);
        var items = places.Select(place => lines.FreeItems(place.Page, place.Line)).ToList();
        var byAmount = places.SelectMany((_, place) => matcher.AmountsOn(items[place]).Select(amount => (amount, place))).ToLookup(each => each.amount, each => each.place);
        var matches = new List<(double Score, int Place, int Row, TableRow Printed)>();
        for (var row = 0; row < said.Count; row++)
        {
            foreach (var place in Candidates(said[row], matcher.AmountsOf(said[row]), byAmount, places))
            {
                if (matcher.Match(lines.On(places[place].Page)!, items[place], said[row]) is { } match)
                {
                    matches.Add((match.Score, place, row, match.Row));
                }
            }
        }

        var (usedPlaces, usedRows) = (new HashSet<int>(), new HashSet<int>());
        return matches.OrderByDescending(match => match.Score).ThenBy(match => match.Row).ThenBy(match => match.Place)
            .Where(match => !usedPlaces.Contains(match.Place) && usedRows.Add(match.Row) && usedPlaces.Add(match.Place))
            .Select(match => (places[match.Place].Page, places[match.Place].Line, match.Printed)).ToList();
    }

    /// <summary>The lines that show the amounts of a row: those of the page that was named, if any does.</summary>
    private static List<int> Candidates(ModelRow row, IReadOnlyList<decimal> amounts, ILookup<decimal, int> byAmount, List<(int Page, int Line)> places)
    {
        var shown = amounts.Select(amount => byAmount[amount]).MinBy(found => found.Count())?.ToList() ?? [];
        var named = shown.FindAll(place => places[place].Page == row.Page);
        return named.Count > 0 ? named : shown;
    }

    private static ValueList<string> ColumnsOf(TableDefinition definition, ValueList<string> printed, IReadOnlyList<TableRow> rows)
    {
        var used = rows.SelectMany(row => row.Cells).Select(cell => cell.Column).ToHashSet(StringComparer.Ordinal);
        return printed.Concat(definition.Columns.Select(column => column.Name).Where(used.Contains)).Distinct(StringComparer.Ordinal).ToValueList();
    }

    /// <summary>Rows with others put in where they are printed; those that were there stay in their order.</summary>
    private static ValueList<TableRow> WithRows(IReadOnlyList<TableRow> rows, IEnumerable<TableRow> added)
    {
        var all = rows.ToList();
        foreach (var row in added.OrderBy(row => row.Page).ThenBy(row => row.Boxes[0].CenterY))
        {
            var next = all.FindIndex(other => other.Page > row.Page || (other.Page == row.Page && other.Boxes.Count > 0 && other.Boxes[0].CenterY > row.Boxes[0].CenterY));
            all.Insert(next < 0 ? all.Count : next, row);
        }

        return all.ToValueList();
    }
}
