using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>Puts the lines of a page into the order in which they are read: columns of running text one after the other, everything else from top to bottom.</summary>
/// <remarks>
/// By geometry alone: lines stand in columns where, over several lines, nothing crosses a gutter and there is running text on both sides of it. Tables have gutters too, but
/// figures and labels on one side at least; their lines stay whole.
/// </remarks>
internal static class PageColumns
{
    private const int FewestLines = 4;
    private const int MostDivisions = 3;
    private const double FewestWordsALine = 3.5;
    private const double FewestLetters = 0.75;
    private const double GutterStep = 0.01;

    /// <summary>Columns stand beside each other for this share of the shorter one.</summary>
    private const double LeastBeside = 0.6;

    /// <summary>The page's lines in parts, each of one column, in reading order.</summary>
    public static IReadOnlyList<IReadOnlyList<TextLine>> Of(Page page) => page.Words.Count == 0 ? [] : Divide(PageLayout.LinesOf(page), MostDivisions);

    private static List<IReadOnlyList<TextLine>> Divide(IReadOnlyList<TextLine> lines, int divisions)
    {
        if (divisions == 0 || BestGutter(lines) is not { } gutter)
        {
            return [lines];
        }

        var parts = new List<IReadOnlyList<TextLine>>();
        var done = 0;
        foreach (var (start, end) in RunsBeside(lines, gutter))
        {
            if (start > done)
            {
                parts.Add([.. lines.Take(start).Skip(done)]);
            }

            var run = lines.Take(end).Skip(start).ToList();
            parts.AddRange(Divide(SideOf(run, gutter, isLeft: true), divisions - 1));
            parts.AddRange(Divide(SideOf(run, gutter, isLeft: false), divisions - 1));
            done = end;
        }

        if (done < lines.Count)
        {
            parts.Add([.. lines.Skip(done)]);
        }

        return parts;
    }

    private static double? BestGutter(IReadOnlyList<TextLine> lines)
    {
        if (lines.Count < FewestLines)
        {
            return null;
        }

        var (left, right) = (lines.Min(static line => line.Whole.Box.X), lines.Max(static line => line.Whole.Box.Right));
        var pieces = lines.Select(static line => line.Segments.Select(static segment => new Piece(segment)).ToArray()).ToArray();
        double? best = null;
        var most = 0;
        for (var x = left + ((right - left) * 0.2); x < left + ((right - left) * 0.8); x += GutterStep)
        {
            var beside = RunsBeside(pieces, x).Sum(static run => run.End - run.Start);
            if (beside > most)
            {
                (most, best) = (beside, x);
            }
        }

        return best;
    }

    private static IEnumerable<(int Start, int End)> RunsBeside(IReadOnlyList<TextLine> lines, double gutter) =>
        RunsBeside(lines.Select(static line => line.Segments.Select(static segment => new Piece(segment)).ToArray()).ToArray(), gutter);

    /// <summary>Lines that follow each other, none of which crosses the gutter, with running text on both sides.</summary>
    private static IEnumerable<(int Start, int End)> RunsBeside(Piece[][] lines, double gutter)
    {
        for (var start = 0; start < lines.Length;)
        {
            var end = start;
            while (end < lines.Length && !Array.Exists(lines[end], piece => piece.Box.X < gutter && piece.Box.Right > gutter))
            {
                end++;
            }

            if (end - start >= FewestLines && AreColumns(new ArraySegment<Piece[]>(lines, start, end - start), gutter))
            {
                yield return (start, end);
            }

            start = Math.Max(end, start + 1);
        }
    }

    private static bool AreColumns(ArraySegment<Piece[]> lines, double gutter)
    {
        var left = Side.Of(lines, piece => piece.Box.CenterX < gutter);
        var right = Side.Of(lines, piece => piece.Box.CenterX >= gutter);
        return left.IsRunningText && right.IsRunningText
            && Math.Min(left.Bottom, right.Bottom) - Math.Max(left.Top, right.Top) > LeastBeside * Math.Min(left.Bottom - left.Top, right.Bottom - right.Top);
    }

    private static List<TextLine> SideOf(IEnumerable<TextLine> lines, double gutter, bool isLeft) =>
    [
        .. lines.Select(line => line.Segments.Where(segment => segment.Box.CenterX < gutter == isLeft).ToList())
            .Where(static segments => segments.Count > 0)
            .Select(static segments => new TextLine(TextRun.Of([.. segments.SelectMany(static segment => segment.Words)]), segments.ToValueList())),
    ];

    /// <summary>What matters of a segment.</summary>
    private readonly struct Piece(TextRun segment)
    {
        public Box Box { get; } = segment.Box;

        public int Words { get; } = segment.Words.Count;

        public int Characters { get; } = segment.Words.Sum(static word => word.Text.Length);

        public int Letters { get; } = segment.Words.Sum(static word => word.Text.Count(char.IsLetter));
    }

    /// <summary>What matters of the segments on one side of a gutter.</summary>
    private readonly record struct Side(int Lines, int Segments, int Words, int Characters, int Letters, double Top, double Bottom)
    {
        public bool IsRunningText =>
            Lines >= FewestLines && Words >= Lines * FewestWordsALine && Letters >= Characters * FewestLetters && Segments <= Lines * 1.5;

        public static Side Of(ArraySegment<Piece[]> lines, Func<Piece, bool> isMeant)
        {
            var side = new Side(0, 0, 0, 0, 0, 1, 0);
            foreach (var line in lines)
            {
                var before = side.Segments;
                foreach (var piece in line)
                {
                    if (isMeant(piece))
                    {
                        side = new Side(
                            side.Lines, side.Segments + 1, side.Words + piece.Words, side.Characters + piece.Characters, side.Letters + piece.Letters,
                            Math.Min(side.Top, piece.Box.Y), Math.Max(side.Bottom, piece.Box.Bottom));
                    }
                }

                side = side with { Lines = side.Lines + (side.Segments > before ? 1 : 0) };
            }

            return side;
        }
    }
}
