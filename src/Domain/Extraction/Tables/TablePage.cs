using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>One printed line with its pieces.</summary>
/// <param name="Line">The line.</param>
/// <param name="Items">Its pieces, from left to right.</param>
internal sealed record TableLine(TextLine Line, IReadOnlyList<LineItem> Items)
{
    /// <summary>The middle of most of its words, from the top of the page, 0 to 1.</summary>
    public double Middle { get; } = MiddleOf(Line);

    /// <summary>The middle of most words of a line.</summary>
    public static double MiddleOf(TextLine line)
    {
        var middles = line.Whole.Words.Select(word => word.Box.CenterY).Order().ToList();
        return middles[middles.Count / 2];
    }
}

/// <summary>A page, cut into lines and pieces, that still knows where each word stands on the page as it was given.</summary>
internal sealed class TablePage
{
    /// <summary>Lines whose middles are closer than this many word heights are one row.</summary>
    private const double SameRow = 0.6;

    private readonly Dictionary<Word, Box> _given = new(ReferenceEqualityComparer.Instance);

    private TablePage(Page page)
    {
        Tokens = PageTokens.Of(page);
        foreach (var (given, straight) in page.Words.Zip(Tokens.Page.Words))
        {
            _given[straight] = given.Box;
        }

        var aspect = Tokens.Page.Size.Width > 0 ? Tokens.Page.Size.Height / Tokens.Page.Size.Width : 1;
        var lines = Recognised ? JoinSplitLines(Tokens.Layout) : Tokens.Layout;
        Lines = lines.Select(line => new TableLine(line, LineItem.Of(line, aspect))).ToList();
    }

    /// <summary>The page's lines as tokens.</summary>
    public PageTokens Tokens { get; }

    /// <summary>The lines, from top to bottom.</summary>
    public IReadOnlyList<TableLine> Lines { get; }

    /// <summary>The page, from 1.</summary>
    public int Number => Tokens.Page.Number;

    /// <summary>True when the words come from recognition.</summary>
    public bool Recognised => Tokens.Recognised;

    /// <summary>Reads a page.</summary>
    public static TablePage Of(Page page) => new(page);

    /// <summary>How many rows each line seems to hold.</summary>
    /// <param name="dated">True when rows begin with a date.</param>
    public int[] CandidatesFor(bool dated) => RowCandidates.Count(Lines.Select(line => line.Items).ToList(), dated, Recognised);

    /// <summary>Specks and odd box heights make recognition's words of one row fall into two lines; these are joined again.</summary>
    private static List<TextLine> JoinSplitLines(IReadOnlyList<TextLine> lines)
    {
        var heights = lines.SelectMany(line => line.Whole.Words).Select(word => word.Box.Height).Order().ToList();
        var near = heights.Count is 0 ? 0 : heights[heights.Count / 2] * SameRow;
        var joined = new List<TextLine>();
        foreach (var line in lines.OrderBy(TableLine.MiddleOf))
        {
            if (joined.Count > 0 && TableLine.MiddleOf(line) - TableLine.MiddleOf(joined[^1]) < near)
            {
                var words = joined[^1].Whole.Words.Concat(line.Whole.Words).OrderBy(word => word.Box.X).ToList();
                joined[^1] = new TextLine(TextRun.Of(words), [.. joined[^1].Segments, .. line.Segments]);
            }
            else
            {
                joined.Add(line);
            }
        }

        return joined.Select(line => line with { Segments = line.Segments.OrderBy(segment => segment.Box.X).ToValueList() }).ToList();
    }

    /// <summary>Where words stand on the page as it was given.</summary>
    public Box BoxOf(IEnumerable<Word> words) => Box.Union(words.Select(word => _given[word]));
}
