namespace Idp.Domain.Extraction;

/// <summary>A column of values on a page.</summary>
/// <param name="Left">Where its widest value begins, 0 to 1.</param>
/// <param name="Right">Where its values end at most.</param>
/// <param name="Edge">Where most of its values end.</param>
/// <param name="Values">Its values, from top to bottom.</param>
internal sealed record StatementColumn(double Left, double Right, double Edge, IReadOnlyList<LinePiece> Values)
{
    /// <summary>Values whose ends are this close, as a fraction of the page width, stand in one column.</summary>
    private const double SameEdge = 0.012;

    /// <summary>A dash may stand this far from the middle of its column.</summary>
    private const double DashReach = 0.06;

    /// <summary>A column has values in this share of the lines of the fullest one.</summary>
    private const double LeastShare = 0.15;

    private const int FewestValues = 2;

    /// <summary>No statement has more columns; what has is no statement, and its lines are reported as not read.</summary>
    private const int MostColumns = 24;

    /// <summary>The middle.</summary>
    public double Center => (Left + Right) / 2;

    /// <summary>Finds the columns in which the values at the ends of lines stand, from left to right.</summary>
    /// <param name="rows">The lines of one page that belong to the statement.</param>
    public static IReadOnlyList<StatementColumn> Find(IEnumerable<PrintedRow> rows)
    {
        var values = rows.Where(row => row.IsLabelled || (!row.HasLabel && !row.IsYears))
            .SelectMany((row, index) => row.Trailing.Where(piece => piece.Kind is PieceKind.Figure).Select(piece => (Piece: piece, Row: index)))
            .OrderBy(value => value.Piece.Edge).ToList();
        var clusters = new List<List<(LinePiece Piece, int Row)>>();
        foreach (var value in values)
        {
            if (clusters.Count > 0 && value.Piece.Edge - clusters[^1][^1].Piece.Edge < SameEdge)
            {
                clusters[^1].Add(value);
            }
            else
            {
                clusters.Add([value]);
            }
        }

        var fewest = Math.Max(FewestValues, LeastShare * clusters.Select(cluster => cluster.Count).DefaultIfEmpty().Max());
        var columns = new List<List<(LinePiece Piece, int Row)>>();
        foreach (var cluster in clusters.Where(cluster => cluster.Count >= fewest))
        {
            // Values that hang over the edge of their column, such as aligned decimals, end elsewhere and never share a line with the others.
            if (columns.Count > 0 && Overlap(columns[^1], cluster) && !columns[^1].Select(value => value.Row).Intersect(cluster.Select(value => value.Row)).Any())
            {
                columns[^1].AddRange(cluster);
            }
            else
            {
                columns.Add([.. cluster]);
            }
        }

        return columns.Count > MostColumns ? [] : [.. columns.Select(Make)];
    }

    /// <summary>The column that a value stands in; -1 when it stands in none.</summary>
    public static int IndexOf(IReadOnlyList<StatementColumn> columns, LinePiece piece)
    {
        var (best, distance) = (-1, double.MaxValue);
        for (var at = 0; at < columns.Count; at++)
        {
            var column = columns[at];
            var away = Math.Abs(piece.Edge - column.Edge);
            var inside = Math.Min(piece.Box.Right, column.Right) - Math.Max(piece.Box.X, column.Left) > 0;
            var reached = away < SameEdge || inside || (piece.Kind is PieceKind.Dash && Math.Abs(piece.Box.CenterX - column.Center) < DashReach);
            if (reached && away < distance)
            {
                (best, distance) = (at, away);
            }
        }

        return best;
    }

    private static bool Overlap(List<(LinePiece Piece, int Row)> left, List<(LinePiece Piece, int Row)> right) =>
        left.Max(value => value.Piece.Box.Right) > right.Min(value => value.Piece.Box.X) + 0.002;

    private static StatementColumn Make(List<(LinePiece Piece, int Row)> values)
    {
        var edges = values.Select(value => value.Piece.Edge).Order().ToList();
        return new StatementColumn(
            values.Min(value => value.Piece.Box.X), values.Max(value => value.Piece.Box.Right), edges[edges.Count / 2],
            [.. values.OrderBy(value => value.Row).Select(value => value.Piece)]);
    }
}
