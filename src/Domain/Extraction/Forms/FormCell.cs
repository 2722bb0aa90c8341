using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Words of one line that belong together: a caption, a value or a cell of a table.</summary>
/// <param name="Run">The words.</param>
/// <param name="Line">The line's place on the page, from 0.</param>
/// <param name="EndsWithColon">True when it ends with a colon, or with what recognition makes of one.</param>
/// <param name="FollowsBlank">True when it begins on an underline or dotted blank.</param>
internal sealed record FormCell(TextRun Run, int Line, bool EndsWithColon, bool FollowsBlank)
{
    /// <summary>The words, joined by single spaces.</summary>
    public string Text => Run.Text;

    /// <summary>Where it stands.</summary>
    public Box Box => Run.Box;

    /// <summary>How well its words were recognised, on average.</summary>
    public double WordConfidence => PrintedLine.WordConfidence(Run);
}

/// <summary>A page of a form as lines of cells.</summary>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="Lines">The cells of each line, from left to right; lines from top to bottom.</param>
/// <param name="LineHeight">The usual height of a line, as a fraction of the page's height.</param>
/// <param name="Aspect">Page height over page width, to compare heights with widths.</param>
internal sealed record FormPage(int Number, IReadOnlyList<IReadOnlyList<FormCell>> Lines, double LineHeight, double Aspect)
{
    /// <summary>A gap of this many line heights ends a cell: wider than the space of a typewriter.</summary>
    private const double CellGapInHeights = 1.25;

    /// <summary>In running text that is set wide, a gap of this many usual gaps ends a cell.</summary>
    private const double CellGapInWordGaps = 1.7;

    private const int FewestWordsOfText = 6;

    /// <summary>No form has more side by side; hostile pages do.</summary>
    private const int MostCellsOnLine = 40;

    /// <summary>A value follows its colon within this share of the gap that ends a cell.</summary>
    private const double CloseToColon = 0.75;

    /// <summary>Running text is set at most this much wider than usual.</summary>
    private const double WidestSetting = 1.5;

    /// <summary>The usual height of a line, as a fraction of the page's width.</summary>
    public double Em => LineHeight * Aspect;

    public static FormPage Of(Page page)
    {
        var words = FormWords.Of(page);
        var heights = words.Page.Words.Where(word => word.Text.Length > 1).Select(word => word.Box.Height).Order().ToList();
        var height = heights.Count == 0 ? 0.012 : heights[heights.Count / 2];
        var aspect = page.Size.Height / page.Size.Width;
        var lines = PageLayout.LinesOf(words.Page)
            .Where(line => line.Whole.Words.Any(word => word.Text is not (":" or ";")))
            .Select((line, index) => CellsOf(line.Whole.Words, index, words, CellGapInHeights * height * aspect))
            .Select(IReadOnlyList<FormCell> (cells) => [.. cells.Take(MostCellsOnLine)])
            .ToList();
        return new FormPage(page.Number, lines, height, aspect);
    }

    private static List<FormCell> CellsOf(ValueList<Word> words, int line, FormWords form, double widestGap)
    {
        widestGap = Math.Max(widestGap, Math.Min(GapOfWords(words) * CellGapInWordGaps, widestGap * WidestSetting));
        var cells = new List<FormCell>();
        var current = new List<Word>();
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            var isColon = word.Text is ":" or ";";
            if (current.Count > 0 && !isColon && (word.Box.X - current.Max(earlier => earlier.Box.Right) > widestGap || form.AfterBlank.Contains(word) || form.AfterRule.Contains(word)))
            {
                cells.Add(CellOf(current, line, false, form.AfterBlank));
                current = [];
            }

            if (!isColon)
            {
                current.Add(word);
            }

            if (current.Count > 0 && (isColon || EndsCaption(word.Text)))
            {
                if (GoesOnWithValue(cells, current[0], widestGap))
                {
                    // "Description: Hong Kong: market monitor": the second colon stands inside the value.
                    continue;
                }

                cells.Add(CellOf(current, line, true, form.AfterBlank));
                current = [];
            }
        }

        if (current.Count > 0)
        {
            cells.Add(CellOf(current, line, false, form.AfterBlank));
        }

        return cells;
    }

    private static bool GoesOnWithValue(List<FormCell> cells, Word first, double widestGap) =>
        cells.Count > 0 && cells[^1].EndsWithColon && first.Box.X - cells[^1].Box.Right < widestGap * CloseToColon;

    /// <summary>The gap between words of running text: the lower third, as the widest may part columns; zero where there are too few words to tell.</summary>
    private static double GapOfWords(ValueList<Word> words)
    {
        if (words.Count < FewestWordsOfText)
        {
            return 0;
        }

        var gaps = words.Zip(words.Skip(1), (left, right) => right.Box.X - left.Box.Right).Order().ToList();
        return gaps[gaps.Count / 3];
    }

    private static FormCell CellOf(List<Word> words, int line, bool colon, HashSet<Word> afterBlank) =>
        new(TextRun.Of(words), line, colon, afterBlank.Contains(words[0]));

    private static bool EndsCaption(string word) =>
        word.Length > 1 && (word[^1] == ':' || (word[^1] == ';' && char.IsUpper(word[0])) || word.EndsWith(":)", StringComparison.Ordinal));
}
