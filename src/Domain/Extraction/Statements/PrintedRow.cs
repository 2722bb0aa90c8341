using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>One printed line of a page with a statement, cut into its pieces.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Pieces">Its pieces, from left to right.</param>
/// <param name="Text">Its words, joined by single spaces.</param>
/// <param name="Box">Where it stands on the straightened page.</param>
internal sealed record PrintedRow(TablePage Page, IReadOnlyList<LinePiece> Pieces, string Text, Box Box)
{
    /// <summary>The values at its end: numbers and dashes with nothing but signs between them.</summary>
    public IReadOnlyList<LinePiece> Trailing { get; } = TrailingOf(Pieces);

    /// <summary>Its words, straightened.</summary>
    public IEnumerable<Word> Words => Pieces.SelectMany(piece => piece.Words);

    /// <summary>True when it has a word with letters.</summary>
    public bool HasLabel => Pieces.Any(piece => piece.Kind is PieceKind.Word && piece.Text.Any(char.IsLetter));

    /// <summary>True for a line whose values, if any, are years: part of a heading.</summary>
    public bool IsYears => Trailing.Count > 0 && Trailing.All(piece => piece.IsYear);

    /// <summary>True for a label with values at its end that are not all years.</summary>
    public bool IsLabelled => HasLabel && Trailing.Count > 0 && !IsYears && !EndsInDay;

    /// <summary>True for a line that says a day and nothing else, as stamps do, or that has dashes alone, as specks are read.</summary>
    public bool SaysNothing => (EndsInDay && Pieces.Count <= 4) || (!HasLabel && Page.Recognised && Pieces.All(piece => piece.Kind is PieceKind.Dash or PieceKind.Sign));

    /// <summary>True when what looks like a value at its end is the day of a date, or the year after it.</summary>
    private bool EndsInDay
    {
        get
        {
            var first = Pieces.Count - Trailing.Count;
            var before = Pieces.Take(first).LastOrDefault(piece => piece.Kind is PieceKind.Word);
            return before is not null && DateNormalizer.MonthOf(before.Text.Trim(',', '.', '(')) > 0
                && Trailing.All(piece => piece.IsYear || (piece.Kind is PieceKind.Figure && piece.Value is >= 1 and <= 31));
        }
    }

    /// <summary>The lines of a page, from top to bottom.</summary>
    public static IReadOnlyList<PrintedRow> Of(TablePage page)
    {
        var size = page.Tokens.Page.Size;
        var aspect = size.Width > 0 ? size.Height / size.Width : 1;
        return [.. page.Lines.Select(line => new PrintedRow(page, LinePiece.Of(line.Line.Whole.Words, aspect, page.Recognised), line.Line.Whole.Text, line.Line.Whole.Box))];
    }

    private static List<LinePiece> TrailingOf(IReadOnlyList<LinePiece> pieces)
    {
        var from = pieces.Count;
        while (from > 0 && pieces[from - 1].Kind is not PieceKind.Word)
        {
            from--;
        }

        var label = string.Concat(pieces.Take(from).Select(piece => piece.Text));
        var open = label.Count(character => character == '(') > label.Count(character => character == ')');
        var values = pieces.Skip(from).Where(piece => piece.IsValue).ToList();

        // "(Note 4)" and "(net of tax of 12)" end a label, although the number stands last.
        return open && values.Count > 0 && values[0].Text.EndsWith(')') && !values[0].Text.Contains('(', StringComparison.Ordinal) ? values[1..] : values;
    }
}
