using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Words that stand together, from left to right.</summary>
/// <param name="Words">At least one word.</param>
/// <param name="Box">What the words cover.</param>
/// <param name="Text">The words, joined by single spaces.</param>
public sealed record TextRun(ValueList<Word> Words, Box Box, string Text)
{
    /// <summary>Makes a run of words that are already in order.</summary>
    public static TextRun Of(IReadOnlyList<Word> words) =>
        new(words.ToValueList(), Box.Union(words.Select(word => word.Box)), string.Join(' ', words.Select(word => word.Text)));
}

/// <summary>One printed line across the page.</summary>
/// <param name="Whole">All its words.</param>
/// <param name="Segments">The same words, cut wherever a gap is wider than white space within a sentence: table cells, label and value, columns.</param>
public sealed record TextLine(TextRun Whole, ValueList<TextRun> Segments);

/// <summary>Finds lines and segments in the words of a page, by geometry alone.</summary>
public static class PageLayout
{
    /// <summary>Two words stand on one line when they share this much of the smaller one's height.</summary>
    private const double SameLineOverlap = 0.5;

    /// <summary>A gap wider than this many line heights ends a segment.</summary>
    private const double SegmentGapInHeights = 1.0;

    /// <summary>The lines of a page, from top to bottom.</summary>
    public static ValueList<TextLine> LinesOf(Page page)
    {
        var aspect = page.Size.Height / page.Size.Width;
        return GroupByLine(page.Words).Select(words => new TextLine(TextRun.Of(words), SegmentsOf(words, aspect))).ToValueList();
    }

    private static IEnumerable<List<Word>> GroupByLine(IEnumerable<Word> words)
    {
        var lines = new List<List<Word>>();
        foreach (var word in words.OrderBy(word => word.Box.CenterY))
        {
            var line = lines.AsEnumerable().Reverse().Take(4).FirstOrDefault(candidate =>
                candidate[^1].Box.VerticalOverlap(word.Box) >= SameLineOverlap
                && candidate[0].Box.VerticalOverlap(word.Box) >= SameLineOverlap / 2);
            if (line is null)
            {
                lines.Add([word]);
            }
            else
            {
                line.Add(word);
            }
        }

        return lines
            .OrderBy(line => line.Average(word => word.Box.CenterY))
            .Select(line => line.OrderBy(word => word.Box.X).ToList());
    }

    private static ValueList<TextRun> SegmentsOf(List<Word> words, double aspect)
    {
        // Heights are fractions of the page height and gaps of its width, so heights are converted before they are compared.
        var heights = words.Select(word => word.Box.Height).Order().ToList();
        var widestGap = SegmentGapInHeights * heights[heights.Count / 2] * aspect;
        var segments = new List<List<Word>> { new() { words[0] } };
        foreach (var word in words.Skip(1))
        {
            if (word.Box.X - segments[^1].Max(earlier => earlier.Box.Right) > widestGap)
            {
                segments.Add([word]);
            }
            else
            {
                segments[^1].Add(word);
            }
        }

        return segments.Select(TextRun.Of).ToValueList();
    }
}
