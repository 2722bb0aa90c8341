namespace Idp.Domain.Extraction;

/// <summary>Finds the cells of a table's column below its header.</summary>
internal static class TableColumns
{
    /// <summary>The cells of a column stand at most this many line heights apart.</summary>
    private const double FurthestNext = 6;

    private const int MostRows = 60;

    /// <summary>Cells of tables are short.</summary>
    private const int MostWords = 8;

    /// <summary>The cells below a header, in order.</summary>
    public static IReadOnlyList<FormCell> CellsBelow(FormView view, FormCell header)
    {
        var column = new List<FormCell>();
        var last = header;
        for (var next = header.Line + 1; next < view.Page.Lines.Count && column.Count < MostRows; next++)
        {
            var line = view.Page.Lines[next];
            if ((line.Min(cell => cell.Box.Y) - last.Box.Bottom) / view.Page.LineHeight > FurthestNext)
            {
                break;
            }

            // The header of a group stands above several columns. A cell that another header of the line covers better is that header's.
            var below = line.Where(cell => IsBelow(view, header, cell) && cell.Box.Y > header.Box.CenterY).ToList();
            if (below.Exists(cell => cell.EndsWithColon || cell.Run.Words.Count > MostWords))
            {
                break;
            }

            if (below.Count > 0)
            {
                column.AddRange(below);
                last = below[0];
            }
        }

        return column;
    }

    private static bool IsBelow(FormView view, FormCell header, FormCell cell) =>
        (view.SameColumn(header, cell) || header.Box.HorizontalOverlap(cell.Box) > 0)
        && !view.Page.Lines[header.Line].Any(other => !ReferenceEquals(other, header) && Covers(view, other, cell) > Covers(view, header, cell));

    private static double Covers(FormView view, FormCell header, FormCell cell) =>
        header.Box.HorizontalOverlap(cell.Box) + (Math.Abs(header.Box.X - cell.Box.X) < view.Page.Em ? 0.1 : 0);
}
