using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A run of words on one line, with its place in the page's order of lines.</summary>
/// <param name="Index">Its place among all segments of the page, line by line from the top.</param>
/// <param name="Line">The line it stands on, from 0.</param>
/// <param name="Words">Its words from left to right; at least one.</param>
internal sealed record Segment(int Index, int Line, IReadOnlyList<Word> Words)
{
    /// <summary>What it covers.</summary>
    public Box Box { get; } = Box.Union(Words.Select(word => word.Box));

    /// <summary>Its words, joined by spaces.</summary>
    public string Text { get; } = string.Join(' ', Words.Select(word => word.Text));

    /// <summary>True for running text, in which a word that is a label elsewhere is just a word.</summary>
    public bool IsProse { get; } = Words.Count >= 8 && Words.Count(word => char.IsLower(word.Text[0])) >= 0.5 * Words.Count;
}

/// <summary>A page as the field readers see it: segments with glued labels and values taken apart and leaders dropped.</summary>
internal sealed class PageView
{
    /// <summary>The words of <see cref="Segments"/> are straightened; these are the same words where they stand on the page.</summary>
    private readonly Dictionary<Word, Word> _printed;

    private PageView(Page page, IReadOnlyList<Segment> segments, Dictionary<Word, Word> printed)
    {
        Page = page;
        Segments = segments;
        _printed = printed;
        var heights = page.Words.Select(word => word.Box.Height).Order().ToList();

        // Recognised boxes are tight around the ink; those of a text layer span the whole font.
        var ink = page.Source is PageSource.Ocr ? 1.3 : 1;
        LineHeight = heights.Count == 0 ? 0.012 : Math.Max(ink * heights[heights.Count * 6 / 10], 0.004);
    }

    /// <summary>The page.</summary>
    public Page Page { get; }

    /// <summary>All segments, line by line.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>The usual height of a word, as a fraction of the page's height.</summary>
    public double LineHeight { get; }

    /// <summary>Looks at a page.</summary>
    public static PageView Of(Page page)
    {
        var straight = PageStraightener.Straighten(page);
        var printed = new Dictionary<Word, Word>(ReferenceEqualityComparer.Instance);
        for (var at = 0; at < page.Words.Count; at++)
        {
            if (page.Words[at].Text.Length > 0 && !IsLeader(page.Words[at].Text))
            {
                foreach (var (moved, original) in Unglue(straight.Words[at]).Zip(Unglue(page.Words[at])))
                {
                    printed.Add(ReferenceEquals(moved, original) ? moved with { } : moved, original);
                }
            }
        }

        var words = printed.Keys.ToValueList();
        if (words.Count == 0)
        {
            return new PageView(page, [], printed);
        }

        var segments = new List<Segment>();
        var lines = PageLayout.LinesOf(straight with { Words = words });
        for (var line = 0; line < lines.Count; line++)
        {
            foreach (var run in lines[line].Segments)
            {
                segments.Add(new Segment(segments.Count, line, [.. run.Words]));
            }
        }

        return new PageView(page, segments, printed);
    }

    /// <summary>A word of a segment where it stands on the page.</summary>
    public Word Printed(Word word) => _printed[word];

    /// <summary>Segments to the right on the same height, nearest first.</summary>
    public IEnumerable<Segment> RightOf(Segment origin, Box from) => Segments
        .Where(other => other.Index != origin.Index && other.Box.X >= from.Right - 0.005 && other.Box.VerticalOverlap(from) >= 0.35)
        .OrderBy(other => other.Box.X);

    /// <summary>Segments that start below a box within so many line heights, nearest first.</summary>
    public IEnumerable<Segment> Below(Box from, double lineHeights) => Segments
        .Where(other => other.Box.CenterY > from.Bottom && other.Box.Y - from.Bottom <= lineHeights * LineHeight)
        .OrderBy(other => other.Box.Y);

    /// <summary>Rules and leaders (<c>.....</c>, <c>_____</c>), which are printed but say nothing.</summary>
    private static bool IsLeader(string text) => text.Length >= 2
        && text.All(character => character is '.' or '_' or '-' or '=' or '\u2026' or '~');

    /// <summary>Cuts <c>Date:12/26/2010</c> after the colon, and its box in proportion.</summary>
    private static IEnumerable<Word> Unglue(Word word)
    {
        var colon = word.Text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 2 || colon == word.Text.Length - 1 || !word.Text[..colon].Any(char.IsLetter) || word.Text[colon + 1] == '/')
        {
            return [word];
        }

        var share = (colon + 1.0) / word.Text.Length;
        var cut = word.Box.X + (share * word.Box.Width);
        return
        [
            word with { Text = word.Text[..(colon + 1)], Box = Box.FromEdges(word.Box.X, word.Box.Y, cut, word.Box.Bottom) },
            word with { Text = word.Text[(colon + 1)..], Box = Box.FromEdges(cut, word.Box.Y, word.Box.Right, word.Box.Bottom) },
        ];
    }
}
