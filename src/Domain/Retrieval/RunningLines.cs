using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>A line at the edge of a page that says nothing that is not said elsewhere.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Box">Where it stands.</param>
public readonly record struct RunningLine(int Page, Box Box);

/// <summary>Finds running headers and footers, and page numbers.</summary>
/// <remarks>
/// By repetition and place: the same words at the same height of three pages or more, or words with a number that goes up with the pages. The first page on which a line with
/// words stands keeps it, so that nothing that the document says is lost.
/// </remarks>
internal static partial class RunningLines
{
    private const int FewestPages = 3;
    private const int LinesAtEdge = 3;
    private const double Edge = 0.14;
    private const double SamePlace = 0.015;

    /// <summary>The running lines of a document.</summary>
    public static IReadOnlySet<RunningLine> Of(IReadOnlyList<Page> pages)
    {
        var running = new HashSet<RunningLine>();
        var groups = pages.SelectMany(AtEdges).GroupBy(static line => (line.Key, line.IsTop));
        foreach (var line in groups.SelectMany(static group => Repeated([.. group])))
        {
            running.Add(new RunningLine(line.Page, line.Box));
        }

        return running;
    }

    private static IEnumerable<EdgeLine> AtEdges(Page page)
    {
        var lines = PageLayout.LinesOf(page);
        var top = lines.Take(LinesAtEdge).Where(static line => line.Whole.Box.CenterY < Edge).Select(line => EdgeLine.Of(page, line, isTop: true));
        var bottom = lines.TakeLast(LinesAtEdge).Where(static line => line.Whole.Box.CenterY > 1 - Edge).Select(line => EdgeLine.Of(page, line, isTop: false));
        return top.Concat(bottom);
    }

    private static IEnumerable<EdgeLine> Repeated(List<EdgeLine> lines)
    {
        var numbersOnly = PageWords().Replace(lines[0].Key, string.Empty).Trim(' ', '#', '-', '–', '|', '.', '/', '[', ']', '(', ')').Length == 0;
        return numbersOnly ? PageNumbers(lines) : RepeatedWords(lines);
    }

    /// <summary>Numbers that say that they count pages, and those that do.</summary>
    private static IEnumerable<EdgeLine> PageNumbers(List<EdgeLine> lines)
    {
        if (lines[0].Key.Contains("page #", StringComparison.Ordinal))
        {
            return lines;
        }

        // Whatever the place: on a page that is half empty the number may stand higher.
        var counting = lines.SelectMany(static line => line.Numbers.Distinct().Select(number => (Offset: number - line.Page, Line: line)))
            .GroupBy(static pair => pair.Offset).MaxBy(static group => group.DistinctBy(static pair => pair.Line.Page).Count());
        return counting is not null && counting.DistinctBy(static pair => pair.Line.Page).Count() > 1 ? counting.Select(static pair => pair.Line) : [];
    }

    private static IEnumerable<EdgeLine> RepeatedWords(List<EdgeLine> lines)
    {
        var height = lines.Select(static line => line.Box.CenterY).Order().ElementAt(lines.Count / 2);
        var inPlace = lines.Where(line => Math.Abs(line.Box.CenterY - height) <= SamePlace).DistinctBy(static line => line.Page).OrderBy(static line => line.Page).ToList();
        if (inPlace.Count == 0)
        {
            return [];
        }

        if (inPlace[0].Numbers.Count > 0 && CountsPages(inPlace))
        {
            return inPlace.Count >= FewestPages ? inPlace.Skip(1) : [];
        }

        return inPlace.GroupBy(static line => line.Text, StringComparer.Ordinal).Where(static same => same.Count() >= FewestPages).SelectMany(static same => same.Skip(1));
    }

    /// <summary>One of the numbers goes up with the pages and the others stay the same.</summary>
    private static bool CountsPages(List<EdgeLine> lines) =>
        Enumerable.Range(0, lines[0].Numbers.Count).Any(counting => lines.TrueForAll(line =>
            line.Numbers.Count == lines[0].Numbers.Count
            && line.Numbers.Select((number, index) => index == counting ? number - line.Page == lines[0].Numbers[index] - lines[0].Page : number == lines[0].Numbers[index])
                .All(static isAsExpected => isAsExpected)));

    [GeneratedRegex("[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();

    [GeneratedRegex("page|of|seite|von|pagina|p\\.", RegexOptions.NonBacktracking)]
    private static partial Regex PageWords();

    /// <summary>A line near the top or the bottom.</summary>
    private sealed record EdgeLine(int Page, bool IsTop, Box Box, string Text, string Key, IReadOnlyList<long> Numbers)
    {
        public static EdgeLine Of(Page page, TextLine line, bool isTop)
        {
            var text = line.Whole.Text.ToLowerInvariant();
            var numbers = Digits().Matches(text).Select(static match => long.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
            return new EdgeLine(page.Number, isTop, line.Whole.Box, text, Digits().Replace(text, "#"), [.. numbers]);
        }
    }
}
