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

    /// <summary>The page's lines in parts, each of one column, in reading order.</summary>
    public static IReadOnlyList<IReadOnlyList<TextLine>> Of(Page page) => page.Words.Count == 0 ? [] : [.. Divide(PageLayout.LinesOf(page), MostDivisions)];

    private static IEnumerable<IReadOnlyList<TextLine>> Divide(IReadOnlyList<TextLine> lines, int divisions)
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
        double? best = null;
        var most = 0;
        for (var x = left + ((right - left) * 0.2); x < left + ((right - left) * 0.8); x += GutterStep)
        {
            var beside = RunsBeside(lines, x).Sum(static run => run.End - run.Start);
            if (beside > most)
            {
                (most, best) = (beside, x);
            }
        }

        return best;
    }

    /// <summary>Lines that follow each other, none of which crosses the gutter, with running text on both sides.</summary>
    private static IEnumerable<(int Start, int End)> RunsBeside(IReadOnlyList<TextLine> lines, double gutter)
    {
        for (var start = 0; start < lines.Count;)
        {
            var end = start;
            while (end < lines.Count && !lines[end].Segments.Any(segment => segment.Box.X < gutter && segment.Box.Right > gutter))
            {
                end++;
            }

            var run = lines.Take(end).Skip(start).ToList();
            if (run.Count >= FewestLines && AreColumns(SideOf(run, gutter, isLeft: true), SideOf(run, gutter, isLeft: false)))
            {
                yield return (start, end);
            }

            start = Math.Max(end, start + 1);
        }
    }

    private static bool AreColumns(List<TextLine> left, List<TextLine> right) =>
        IsRunningText(left) && IsRunningText(right)
        && Box.Union(left.Select(static line => line.Whole.Box)).VerticalOverlap(Box.Union(right.Select(static line => line.Whole.Box))) > 0.6;

    private static bool IsRunningText(List<TextLine> lines)
    {
        var words = lines.SelectMany(static line => line.Whole.Words).ToList();
        var characters = words.Sum(static word => word.Text.Length);
        return lines.Count >= FewestLines && words.Count >= lines.Count * FewestWordsALine
            && words.Sum(static word => word.Text.Count(char.IsLetter)) >= characters * FewestLetters
            && lines.Sum(static line => line.Segments.Count) <= lines.Count * 1.5;
    }

    private static List<TextLine> SideOf(List<TextLine> lines, double gutter, bool isLeft) =>
    [
        .. lines.Select(line => line.Segments.Where(segment => segment.Box.CenterX < gutter == isLeft).ToList())
            .Where(static segments => segments.Count > 0)
            .Select(static segments => new TextLine(TextRun.Of([.. segments.SelectMany(static segment => segment.Words)]), segments.ToValueList())),
    ];
}
