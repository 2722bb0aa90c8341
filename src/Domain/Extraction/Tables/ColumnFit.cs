namespace Idp.Domain.Extraction;

/// <summary>Puts the pieces of a line into the columns where they stand: in order, by edge or middle, whichever is nearest.</summary>
internal static class ColumnFit
{
    private const double Misfit = 0.35;
    private const double Untyped = 0.02;

    /// <summary>For each piece the place of its column. Several pieces of text may share a column; dates and amounts have one each.</summary>
    public static int[] Fit(IReadOnlyList<LineItem> items, IReadOnlyList<PrintedColumn> columns)
    {
        // cost[i, c]: the least cost of placing items 0..i with item i in column c.
        var cost = new double[items.Count, columns.Count];
        var from = new int[items.Count, columns.Count];
        for (var i = 0; i < items.Count; i++)
        {
            for (var c = 0; c < columns.Count; c++)
            {
                var (best, bestFrom) = i is 0 ? (0.0, -1) : (double.PositiveInfinity, -1);
                for (var before = 0; i > 0 && before <= c; before++)
                {
                    var clash = before == c && !MayShare(items[i - 1], items[i], columns[c]) ? Misfit * 2 : 0;
                    if (cost[i - 1, before] + clash < best)
                    {
                        (best, bestFrom) = (cost[i - 1, before] + clash, before);
                    }
                }

                cost[i, c] = best + CostOf(items[i], columns[c], c + 1 < columns.Count ? columns[c + 1] : null);
                from[i, c] = bestFrom;
            }
        }

        var fit = new int[items.Count];
        for (var i = items.Count - 1; i >= 0; i--)
        {
            fit[i] = i == items.Count - 1
                ? Enumerable.Range(0, columns.Count).MinBy(column => cost[items.Count - 1, column])
                : from[i + 1, fit[i + 1]];
        }

        return fit;
    }

    private static bool MayShare(LineItem left, LineItem right, PrintedColumn column) =>
        column.Definition is null or { Type: not (FieldType.Money or FieldType.Date) }
        && left.Kind is not LineItemKind.Amount && right.Kind is not LineItemKind.Amount;

    private static double CostOf(LineItem item, PrintedColumn column, PrintedColumn? next)
    {
        var (box, header) = (item.Box, column.Box);
        var distance = Math.Min(Math.Abs(box.Right - header.Right), Math.Min(Math.Abs(box.X - header.X), Math.Abs(box.CenterX - header.CenterX)));
        if (item.Kind is LineItemKind.Text && box.X >= header.X - 0.01 && (next is null || box.X < next.Box.X))
        {
            distance = Math.Min(distance, 0.01);
        }

        return distance + TypeCost(item.Kind, column.Definition?.Type);
    }

    private static double TypeCost(LineItemKind kind, FieldType? type) => (kind, type) switch
    {
        (_, null) => Untyped,
        (LineItemKind.Amount, FieldType.Money or FieldType.Percent) => 0,
        (LineItemKind.Number, FieldType.Money or FieldType.Identifier or FieldType.Text or FieldType.AccountNumber) => 0,
        (LineItemKind.Date, FieldType.Date) => 0,
        (LineItemKind.Date, FieldType.Text or FieldType.Identifier) => Untyped * 3,
        (LineItemKind.Text, FieldType.Money) => Misfit,
        (LineItemKind.Text, FieldType.Date) => Misfit / 2,
        (LineItemKind.Text, _) => 0,
        _ => Misfit,
    };
}
