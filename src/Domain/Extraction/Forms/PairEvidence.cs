using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>What speaks for and against a pair, as numbers that <see cref="PairModel"/> weighs.</summary>
internal sealed class PairEvidence
{
    private const int NearbyLines = 20;

    private readonly FormView _view;
    private readonly PairCandidate _pair;
    private readonly FormCell _key;
    private readonly FormCell _value;
    private readonly List<Word> _keyWords;
    private readonly List<Word> _valueWords;
    private readonly string _keyText;
    private readonly string _valueText;

    public PairEvidence(FormView view, PairCandidate pair)
    {
        (_view, _pair, _key, _value) = (view, pair, pair.Key[^1], pair.Value[0]);
        _keyWords = [.. pair.Key.SelectMany(cell => cell.Run.Words)];
        _valueWords = [.. pair.Value.SelectMany(cell => cell.Run.Words)];
        _keyText = Captions.KeyText(pair.Key);
        _valueText = string.Join(' ', pair.Value.Select(cell => cell.Text));
    }

    private bool IsTable => _pair.Link is PairLink.Joined or PairLink.ColumnOfTable or PairLink.RowOfTable;

    private bool IsRight => _pair.Link is PairLink.RightOfColon or PairLink.RightOfCaption;

    private bool IsBelow => _pair.Link is PairLink.BelowColon or PairLink.BelowCaption;

    private IReadOnlyList<FormCell> KeyLine => _view.Page.Lines[_key.Line];

    private IReadOnlyList<FormCell> ValueLine => _view.Page.Lines[_value.Line];

    public bool Is(PairLink link) => _pair.Link == link;

    private bool HasColon => _key.EndsWithColon;

    /// <summary>Captions that many forms print.</summary>
    public bool KeyIsCommon => _view[_key].IsCommon || (_pair.Key.Count > 1 && _view[_pair.Key[0]].IsCommon);

    private bool KeyIsCapitals => Captions.IsCapitals(_keyText);

    public bool KeyLooksRight => _pair.Key.All(cell => cell.EndsWithColon || _view[cell].IsCaption);

    public double KeyAverage => _keyWords.Average(word => word.Confidence.Value);

    public double KeyLength => Math.Log(1 + _keyWords.Count);

    public double ValueLength => Math.Log(1 + _valueWords.Count);

    /// <summary>A caption of a letter or two is mostly dirt.</summary>
    public bool KeyIsTiny => _keyText.Count(char.IsLetterOrDigit) < 2 || (_keyText.Length < 4 && !KeyIsCommon);

    public bool ValueHasDigit => _valueText.Any(char.IsAsciiDigit);

    public bool ValueIsFigure => _valueText.Count(char.IsAsciiDigit) is > 0 and var digits && digits * 2 >= _valueText.Count(char.IsLetterOrDigit);

    public bool ValueIsCaption => _view[_value].IsCommon;

    public bool ValueOnBlank => _value.FollowsBlank;

    public bool CapitalsThenSmall => KeyIsCapitals && !Captions.IsCapitals(_valueText) && _valueText.Any(char.IsLower);

    public bool ValueBeginsSmall => char.IsLower(_valueText[0]);

    public bool SameText => _keyText.Length < 2 * _valueText.Length && _valueText.Length < 2 * _keyText.Length && LooseText.Difference(_keyText, _valueText) < 0.3;

    public bool KeyIsValueOfColon => _view[_pair.Key[0]].Index > 0 && !HasColon && _view.Page.Lines[_pair.Key[0].Line][_view[_pair.Key[0]].Index - 1].EndsWithColon;

    public bool KeyBeginsLine => _view[_pair.Key[0]].Index == 0;

    public double SpaceBetween => IsRight ? Math.Log(1 + Math.Max(0, _view.Space(_key, _value))) : 0;

    /// <summary>A caption with something to its right has its value there rather than below.</summary>
    public bool BelowDespiteRight => IsBelow && _view[_key].Index + 1 < KeyLine.Count && !KeyLine[_view[_key].Index + 1].EndsWithColon
        && !_view[KeyLine[_view[_key].Index + 1]].IsCaption;

    public bool BelowDespiteClose => IsBelow && _view[_key].Index + 1 < KeyLine.Count && !KeyLine[_view[_key].Index + 1].EndsWithColon
        && _view.Space(_key, KeyLine[_view[_key].Index + 1]) < 4;

    /// <summary>The cell below begins a line with a value of its own.</summary>
    public bool BelowLooksLikeCaption => IsBelow && _view[_value].IsCaption && _view[_value].Index + 1 < ValueLine.Count;

    /// <summary>Captions side by side, each with something below, are a boxed form.</summary>
    public double Siblings => IsRight ? 0 : Math.Log(1 + KeyLine.Count(cell => !ReferenceEquals(cell, _key) && _view[cell].IsCaption));

    /// <summary>How often captions with something to their right stand at the same two edges.</summary>
    public double AlignedLines => IsRight ? Math.Log(1 + Nearby(_key).Count(line => line.Zip(line.Skip(1)).Any(pair =>
        SameEdge(pair.First, _key) && SameEdge(pair.Second, _value) && _view[pair.First].IsCaption))) : 0;

    /// <summary>How many lines nearby begin with a caption at the same left edge.</summary>
    public double CaptionsAtEdge => Math.Log(1 + Nearby(_key).Count(line => line.Any(cell =>
        SameEdge(cell, _key) && (cell.EndsWithColon || (_view[cell].IsCaption && _view[cell].IsCapitals == _view[_key].IsCapitals)))));

    public double CellsOnLine => IsRight ? Math.Log(KeyLine.Count) : 0;

    /// <summary>Values of several lines are read wrongly more often.</summary>
    public double Lines => Math.Log(_pair.Value.Select(cell => cell.Line).Distinct().Count());

    /// <summary>More of the value stands close by and was left out.</summary>
    public bool StopsShort => !Is(PairLink.ColumnOfTable) && !Is(PairLink.Joined) && CellBehind is { } behind && !behind.EndsWithColon && !behind.FollowsBlank && _view.Space(LastOfFirstLine, behind) < 3;

    public double LinesLeftOut => IsTable || Lines > 0 ? 0
        : Math.Log(1 + FormBlocks.Continuation(_view.Page, [.. _pair.Value], 1.0, 12).Select(cell => cell.Line).Distinct().Count());

    /// <summary>The caption began on a line of its own, in the same capitals.</summary>
    public bool CaptionInLines => KeyLines > 0 && HasColon && _pair.Key.All(cell => _view[cell].IsCapitals) && _view.Page.Lines[_pair.Key[0].Line].Count == 1;

    /// <summary>The caption's beginning on the line above was left out.</summary>
    public bool CaptionBroken => HasColon && KeyLeavesOutLine && _view[_key].IsCapitals && _view.InColumn(_pair.Key[0].Line - 1, _pair.Key[0]) is { } above
        && _view[above].IsCapitals && _view.Page.Lines[above.Line].Count == 1 && Math.Abs(above.Box.X - _key.Box.X) < 0.5 * _view.Page.Em;

    public double KeyLines => _pair.Key.Select(cell => cell.Line).Distinct().Count() - 1;

    /// <summary>A line right above the caption at its edge may be its beginning.</summary>
    public bool KeyLeavesOutLine => _pair.Key[0].Line > 0 && _view.InColumn(_pair.Key[0].Line - 1, _pair.Key[0]) is { EndsWithColon: false } above
        && _view[above].IsCaption && _view.Gap(above, _pair.Key[0]) < 0.9;

    public double RowsOfColumn => Is(PairLink.ColumnOfTable) ? Math.Log(Math.Max(1, Column.Count)) : 0;

    public double WordsInColumn => Is(PairLink.ColumnOfTable) ? Math.Log(Column.Select(cell => cell.Run.Words.Count).DefaultIfEmpty(1).Average()) : 0;

    public double ColumnsBeside => Is(PairLink.ColumnOfTable) ? Math.Log(ValueLine.Count) : 0;

    public bool HeaderAmongFigures => Is(PairLink.ColumnOfTable) && KeyLine.Any(cell => _view[cell].IsFigure);

    public double PlaceInRow => Is(PairLink.RowOfTable) ? Math.Log(_view[_value].Index - _view[_key].Index) : 0;

    public double FiguresInRow => Is(PairLink.RowOfTable) ? KeyLine.Count(cell => _view[cell].IsFigure) / (double)KeyLine.Count : 0;

    public double CellsInRow => Is(PairLink.RowOfTable) ? Math.Log(KeyLine.Count) : 0;

    public bool RowHasCaptionBetween => Is(PairLink.RowOfTable) && KeyLine.Skip(_view[_key].Index + 1).TakeWhile(cell => !ReferenceEquals(cell, _value)).Any(cell => !_view[cell].IsFigure);

    /// <summary>Lines nearby with a cell at the value's edge: a table has many.</summary>
    public double RowsAligned => Is(PairLink.RowOfTable) ? Math.Log(1 + Nearby(_value).Count(line => line.Count >= 2 && line.Any(cell => _view.SameColumn(cell, _value)))) : 0;

    /// <summary>How much wider the gap between joined caption and value is than the others of the cell.</summary>
    public double GapOfJoined => Is(PairLink.Joined) ? Math.Clamp((_value.Box.X - _key.Box.Right) / Math.Max(0.2 * _view.Page.Em, WidestGapBeside), 0, 3) : 0;

    /// <summary>The share of the characters that stand in doubtful words.</summary>
    public double KeyDoubt => Doubt(_keyWords);

    public double ValueDoubt => Doubt(_valueWords);

    public double KeyLabelWords => _view.LabelWords(_keyText);

    public double ValueLabelWords => _view.LabelWords(_valueText);

    /// <summary>Other captions that many forms print, on the caption's line: values then stand below.</summary>
    public double LabelsBesideKey => HasColon ? 0 : KeyLine.Where(cell => !ReferenceEquals(cell, _key)).Select(cell => _view.LabelWords(cell.Text)).DefaultIfEmpty(0).Average();

    public double LabelsBesideValue => IsBelow ? ValueLine.Where(cell => !ReferenceEquals(cell, _value)).Select(cell => _view.LabelWords(cell.Text)).DefaultIfEmpty(0).Average() : 0;

    public bool RowFigure => Is(PairLink.RowOfTable) && ValueIsFigure;

    public bool KeyIsFilledIn => WordShape.IsFilledIn(_keyText);

    public bool ValueIsFilledIn => WordShape.IsFilledIn(_valueText);

    public double HeightDiffers => Math.Abs(Math.Log(_key.Box.Height / _value.Box.Height));

    public double KeyBelowTop => _key.Box.Y;

    private static double Doubt(List<Word> words) =>
        words.Where(word => word.Confidence.Value < 0.75).Sum(word => word.Text.Length) / (double)words.Sum(word => word.Text.Length);

    public bool KeyIsExactlyCommon => _view[_key].IsExactlyCommon;

    private double WidestGapBeside => _keyWords.Zip(_keyWords.Skip(1)).Concat(_value.Run.Words.Zip(_value.Run.Words.Skip(1)))
        .Select(pair => pair.Second.Box.X - pair.First.Box.Right).DefaultIfEmpty(0).Max();

    private IReadOnlyList<FormCell> Column => _view.ColumnBelow(_key);

    private FormCell LastOfFirstLine => _pair.Value.Last(cell => cell.Line == _value.Line);

    private FormCell? CellBehind => ValueLine.Skip(_view[LastOfFirstLine].Index + 1).FirstOrDefault();

    private bool SameEdge(FormCell first, FormCell second) => Math.Abs(first.Box.X - second.Box.X) < 0.7 * _view.Page.Em;

    private IEnumerable<IReadOnlyList<FormCell>> Nearby(FormCell cell) => Enumerable
        .Range(Math.Max(0, cell.Line - NearbyLines), Math.Min(_view.Page.Lines.Count, cell.Line + NearbyLines) - Math.Max(0, cell.Line - NearbyLines))
        .Where(line => line != cell.Line).Select(line => _view.Page.Lines[line]);
}
