using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>One printed line with its pieces.</summary>
/// <param name="Line">The line.</param>
/// <param name="Items">Its pieces, from left to right.</param>
internal sealed record TableLine(TextLine Line, IReadOnlyList<LineItem> Items);

/// <summary>A page, cut into lines and pieces, that still knows where each word stands on the page as it was given.</summary>
internal sealed class TablePage
{
    private readonly Dictionary<Word, Box> _given = new(ReferenceEqualityComparer.Instance);

    private TablePage(Page page)
    {
        Tokens = PageTokens.Of(page);
        foreach (var (given, straight) in page.Words.Zip(Tokens.Page.Words))
        {
            _given[straight] = given.Box;
        }

        var aspect = Tokens.Page.Size.Width > 0 ? Tokens.Page.Size.Height / Tokens.Page.Size.Width : 1;
        Lines = Tokens.Layout.Select(line => new TableLine(line, LineItem.Of(line, aspect))).ToList();
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
    public int[] CandidatesFor(bool dated) => RowCandidates.Count(Lines.Select(line => line.Items).ToList(), dated);

    /// <summary>Where words stand on the page as it was given.</summary>
    public Box BoxOf(IEnumerable<Word> words) => Box.Union(words.Select(word => _given[word]));
}
