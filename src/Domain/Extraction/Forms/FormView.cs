namespace Idp.Domain.Extraction;

/// <summary>A page of a form with what is known of each of its cells.</summary>
internal sealed class FormView
{
    /// <summary>Fewer figures below each other are no column.</summary>
    private const int FewestFigures = 2;

    private readonly Dictionary<FormCell, CellTraits> _traits;
    private readonly Dictionary<FormCell, IReadOnlyList<FormCell>> _columns = new(ReferenceEqualityComparer.Instance);

    private readonly List<(FormCell Key, FormCell Value)> _joined = [];
    private readonly HashSet<string> _labelWords;

    public FormView(FormPage page, IReadOnlyCollection<string> labels)
    {
        Page = page;
        _labelWords = labels.SelectMany(label => label.Split(' ')).ToHashSet(StringComparer.Ordinal);
        _traits = new(page.Lines.Sum(line => line.Count), ReferenceEqualityComparer.Instance);
        foreach (var line in page.Lines)
        {
            for (var index = 0; index < line.Count; index++)
            {
                _traits[line[index]] = CellTraits.Of(line[index], index, labels);
                foreach (var (key, value) in JoinedCells.Of(line[index], labels))
                {
                    _traits[key] = CellTraits.Of(key, index, labels);
                    _traits[value] = CellTraits.Of(value, index, labels);
                    _joined.Add((key, value));
                }
            }
        }
    }

    /// <summary>The page.</summary>
    public FormPage Page { get; }

    /// <summary>The share of words that stand in the captions that many forms print.</summary>
    public double LabelWords(string text)
    {
        var words = LooseText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? 0 : words.Count(_labelWords.Contains) / (double)words.Length;
    }

    /// <summary>Parts of cells that may be caption and value.</summary>
    public IReadOnlyList<(FormCell Key, FormCell Value)> Joined => _joined;

    /// <summary>What is known of a cell of the page.</summary>
    public CellTraits this[FormCell cell] => _traits[cell];

    /// <summary>The cells of the column below a cell, were it the header of a table.</summary>
    public IReadOnlyList<FormCell> ColumnBelow(FormCell header)
    {
        if (!_columns.TryGetValue(header, out var column))
        {
            _columns[header] = column = TableColumns.CellsBelow(this, header);
        }

        return column;
    }

    /// <summary>Whether a cell is the header of a column of figures, on a line of headers.</summary>
    public bool HeadsFigures(FormCell cell) => this[cell] is { IsCaption: true } && !cell.EndsWithColon
        && Page.Lines[cell.Line].All(other => this[other].IsCaption && !other.EndsWithColon)
        && ColumnBelow(cell) is { Count: >= FewestFigures } below && below.Count(under => this[under].IsFigure) * 5 >= below.Count * 4;

    /// <summary>Whether two cells stand in one column: same left edge, same middle, or one above the other.</summary>
    public bool SameColumn(FormCell upper, FormCell lower) =>
        Math.Abs(lower.Box.X - upper.Box.X) < Page.Em || Math.Abs(lower.Box.CenterX - upper.Box.CenterX) < 1.5 * Page.Em
        || upper.Box.HorizontalOverlap(lower.Box) > 0.5;

    /// <summary>The cell of a line that stands in the column of a cell above or below, or null.</summary>
    public FormCell? InColumn(int line, FormCell cell) => Page.Lines[line].FirstOrDefault(other => SameColumn(cell, other));

    /// <summary>The white space between two lines, in line heights.</summary>
    public double Gap(FormCell upper, FormCell lower) => (lower.Box.Y - upper.Box.Bottom) / Page.LineHeight;

    /// <summary>The white space between two cells of a line, in line heights.</summary>
    public double Space(FormCell left, FormCell right) => (right.Box.X - left.Box.Right) / Page.Em;

}

/// <summary>What is known of a cell.</summary>
/// <param name="Index">Its place on its line, from 0.</param>
/// <param name="Letters">How many letters it has.</param>
/// <param name="Digits">How many digits it has.</param>
/// <param name="IsCaption">Whether it looks like a caption.</param>
/// <param name="IsCommon">Whether it is a caption that many forms print.</param>
/// <param name="IsExactlyCommon">Whether it is one to the letter.</param>
/// <param name="IsCapitals">Whether it is printed in capitals.</param>
/// <param name="Average">How well its words were recognised, on average.</param>
/// <param name="Worst">How well its worst word was recognised.</param>
internal sealed record CellTraits(int Index, int Letters, int Digits, bool IsCaption, bool IsCommon, bool IsExactlyCommon, bool IsCapitals, double Average, double Worst)
{
    /// <summary>Whether it is mostly digits.</summary>
    public bool IsFigure => Digits > 0 && Digits >= Letters;

    public static CellTraits Of(FormCell cell, int index, IReadOnlyCollection<string> labels)
    {
        return new CellTraits(
            index,
            cell.Text.Count(char.IsLetter),
            cell.Text.Count(char.IsAsciiDigit),
            Captions.LooksLikeCaption(cell),
            Captions.IsCommon(cell, labels),
            labels.Contains(LooseText.Fold(cell.Text)),
            Captions.IsCapitals(cell.Text),
            cell.WordConfidence,
            cell.Run.Words.Min(word => word.Confidence.Value));
    }
}
