namespace Idp.Domain.Extraction;

/// <summary>Cuts a balance sheet in the form of an account, assets on the left and what is owed on the right, into its two tables.</summary>
internal static class SideBySide
{
    /// <summary>Two tables stand beside each other when so many lines have a label after the values of another …</summary>
    private const int FewestLines = 4;

    /// <summary>… and they are this share of all lines with values.</summary>
    private const double LeastShare = 0.4;

    /// <summary>Labels of one table begin within this fraction of the page's width: further to the right are only deeper indents.</summary>
    private const double Indents = 0.08;

    /// <summary>In this share of the lines, nothing may stand across the gutter.</summary>
    private const double MostAcross = 0.1;

    /// <summary>Words that are closer than this belong to one heading over both tables.</summary>
    private const double WordGap = 0.03;

    /// <summary>Cuts a part of a page.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The left and the right table, each with the heading over it; the part itself when it is one table.</returns>
    public static IReadOnlyList<StatementPart> Cut(StatementPart part)
    {
        if (GutterOf(part.Body) is not { } gutter)
        {
            return [part];
        }

        return [HalfOf(part, piece => piece.Box.CenterX < gutter), HalfOf(part, piece => piece.Box.CenterX >= gutter)];
    }

    /// <summary>Where the right table begins; null where there is none.</summary>
    private static double? GutterOf(IReadOnlyList<PrintedRow> rows)
    {
        var seconds = rows.Select(SecondLabelOf).OfType<Second>().OrderBy(second => second.Left).ToList();
        var aligned = seconds.Select((first, at) => seconds.Skip(at).TakeWhile(second => second.Left - first.Left <= Indents).ToList())
            .MaxBy(window => window.Count) ?? [];
        if (aligned.Count < FewestLines || aligned.Count < LeastShare * rows.Count(row => row.Trailing.Count > 0))
        {
            return null;
        }

        var gutter = (aligned.Max(second => second.Before) + aligned[0].Left) / 2;
        return rows.Count(row => row.Pieces.Any(piece => piece.Box.X < gutter && piece.Box.Right > gutter)) <= MostAcross * rows.Count ? gutter : null;
    }

    /// <summary>The label that begins after another label and its values.</summary>
    private static Second? SecondLabelOf(PrintedRow row)
    {
        var (labelled, valued) = (false, false);
        for (var at = 0; at < row.Pieces.Count; at++)
        {
            var piece = row.Pieces[at];
            var isWord = piece.Kind is PieceKind.Word && piece.Text.Any(char.IsLetter);
            if (isWord && valued)
            {
                return new Second(piece.Box.X, row.Pieces[at - 1].Box.Right);
            }

            valued = valued || (labelled && piece.IsValue);
            labelled = labelled || isWord;
        }

        return null;
    }

    private static StatementPart HalfOf(StatementPart part, Func<LinePiece, bool> isInHalf) => new(
        part.Page,
        [.. part.Heading.Select(row => IsOverBoth(row, isInHalf) ? row : Cut(row, isInHalf)).OfType<PrintedRow>()],
        [.. part.Body.Select(row => Cut(row, isInHalf)).OfType<PrintedRow>()]);

    /// <summary>True for a heading that goes on across the gutter, such as a title in the middle of the page.</summary>
    private static bool IsOverBoth(PrintedRow row, Func<LinePiece, bool> isInHalf) => row.Pieces.Zip(row.Pieces.Skip(1))
        .Any(pair => isInHalf(pair.First) != isInHalf(pair.Second) && pair.Second.Box.X - pair.First.Box.Right < WordGap);

    private static PrintedRow? Cut(PrintedRow row, Func<LinePiece, bool> isInHalf)
    {
        var pieces = row.Pieces.Where(isInHalf).ToList();
        return pieces.Count == 0 ? null
            : new PrintedRow(
                row.Page, pieces, string.Join(' ', pieces.SelectMany(static piece => piece.Words).Select(static word => word.Text)),
                pieces.Select(static piece => piece.Box).Aggregate(static (whole, box) => whole.Union(box)));
    }

    private readonly record struct Second(double Left, double Before);
}
