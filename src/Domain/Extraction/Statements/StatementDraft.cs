using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A line item while its statement is read.</summary>
/// <param name="row">The printed line with its values.</param>
/// <param name="indent">Where its label begins, measured from the leftmost label of its page.</param>
/// <param name="section">The heading that it stands under.</param>
/// <param name="values">Its values with the columns that they stand in.</param>
/// <param name="parts">The printed lines of its label, from top to bottom.</param>
internal sealed class DraftLine(PrintedRow row, double indent, string? section, IReadOnlyList<(int Column, LinePiece Piece)> values, IEnumerable<CutRow> parts)
{
    private readonly List<CutRow> _parts = [.. parts];

    /// <summary>The label so far.</summary>
    public string Label => _parts.Aggregate(string.Empty, (label, part) => StatementLabel.Join(label, part.Text));

    /// <summary>The words of the label in each printed line that has some.</summary>
    public IEnumerable<IReadOnlyList<Word>> LabelWords => _parts.Where(part => part.Label.Count > 0).Select(part => part.Label);

    /// <summary>The printed line with its values.</summary>
    public PrintedRow Row => row;

    /// <summary>Where its label begins, measured from the leftmost label of its page.</summary>
    public double Indent => indent;

    /// <summary>The heading that it stands under.</summary>
    public string? Section => section;

    /// <summary>The column of each value.</summary>
    public IReadOnlyList<(int Column, LinePiece Piece)> Values => values;

    /// <summary>Where the last printed line of its label stands.</summary>
    public Box Last => _parts[^1].Box;

    /// <summary>Takes in another printed line of the label.</summary>
    public void GoOn(CutRow part) => _parts.Add(part);
}

/// <summary>What one printed line holds, once the columns are known.</summary>
/// <param name="Row">The line.</param>
/// <param name="Values">Values with the columns that they stand in.</param>
/// <param name="Unread">Pieces in the columns that should be values and are not read.</param>
/// <param name="Label">The words of the label.</param>
internal sealed record CutRow(PrintedRow Row, IReadOnlyList<(int Column, LinePiece Piece)> Values, IReadOnlyList<LinePiece> Unread, IReadOnlyList<Word> Label)
{
    /// <summary>Words of one label stand no further apart than this, as a fraction of the page width.</summary>
    private const double SameLabel = 0.03;

    /// <summary>The label as printed.</summary>
    public string Text { get; } = string.Join(' ', Label.Select(word => word.Text)).TrimEnd();

    /// <summary>Where the label stands; the whole line where there is none.</summary>
    public Box Box { get; } = Label.Count > 0 ? Box.Union(Label.Select(word => word.Box)) : Row.Box;

    /// <summary>True when the line should hold a value: counted by its geometry, whether or not it can be read.</summary>
    public bool IsSeen => Values.Count > 0 || Unread.Count > 0;

    /// <summary>Cuts a line into its label and its values.</summary>
    /// <param name="row">The line.</param>
    /// <param name="columns">The columns of the page.</param>
    public static CutRow Of(PrintedRow row, IReadOnlyList<StatementColumn> columns)
    {
        var zone = columns[0].Left - 0.005;
        var trailing = new HashSet<LinePiece>(row.Trailing, ReferenceEqualityComparer.Instance);
        var values = new Dictionary<int, LinePiece>();
        var unread = new List<LinePiece>();
        var label = new List<LinePiece>();
        foreach (var piece in row.Pieces)
        {
            var column = piece.IsValue && (piece.Box.Right > zone || piece.Kind is PieceKind.Dash) ? StatementColumn.IndexOf(columns, piece) : -1;
            var isTrailing = trailing.Contains(piece);
            if (column >= 0 && (isTrailing || Math.Abs(piece.Edge - columns[column].Edge) < 0.01) && Take(values, column, piece, columns[column], row.Page.Recognised))
            {
                continue;
            }

            if (piece.Kind is PieceKind.Sign && (piece.Box.CenterX > zone || piece.Text is "$"))
            {
                continue;
            }

            // A single mark beside a column is a speck, or what is left of a currency sign.
            if (row.Page.Recognised && piece.Box.CenterX > zone && column < 0 && (piece.Kind is PieceKind.Dash || piece.Text.Length == 1))
            {
                continue;
            }

            // What stands in the columns and has digits should be a value; letters there are specks, or the end of a long label.
            var isApart = label.Count > 0 && !IsNear(label[^1].Box, piece.Box) && piece.Text.Any(char.IsAsciiDigit) && row.Page.Recognised;
            if (piece.Box.CenterX > zone && (isTrailing || isApart || LooksLikeValue(piece)) && piece.Kind is not PieceKind.Sign)
            {
                unread.Add(piece);
            }
            else if (piece.Box.CenterX < zone || (values.Count == 0 && label.Count > 0 && IsNear(label[^1].Box, piece.Box)))
            {
                label.Add(piece);
            }
        }

        return new CutRow(row, [.. values.OrderBy(value => value.Key).Select(value => (value.Key, value.Value))], unread, WordsOf(label));
    }

    /// <summary>
    /// Puts a value into its column. Where recognition sees two things there, one of them is a speck or the currency sign: a dash, or the shorter one further from the edge.
    /// </summary>
    private static bool Take(Dictionary<int, LinePiece> values, int column, LinePiece piece, StatementColumn place, bool recognised)
    {
        if (values.TryAdd(column, piece))
        {
            return true;
        }

        var other = values[column];
        if (piece.Kind is PieceKind.Dash || other.Kind is PieceKind.Dash || (recognised && Math.Min(piece.Text.Length, other.Text.Length) <= 1))
        {
            var isBetter = other.Kind is PieceKind.Dash
                ? piece.Kind is not PieceKind.Dash || Math.Abs(piece.Edge - place.Edge) < Math.Abs(other.Edge - place.Edge)
                : piece.Kind is not PieceKind.Dash && piece.Text.Length > other.Text.Length;
            values[column] = isBetter ? piece : other;
            return true;
        }

        return false;
    }

    /// <summary>True for words of one label; what is further away stands in a column.</summary>
    private static bool IsNear(Box left, Box right) => right.X - left.Right < SameLabel;

    private static bool LooksLikeValue(LinePiece piece) =>
        piece.Kind is PieceKind.Word && piece.Text.Count(char.IsAsciiDigit) * 2 > piece.Text.Length && piece.Text.Length > 2;

    /// <summary>The words of a label; signs at its end lead to the value and are no part of it.</summary>
    private static IReadOnlyList<Word> WordsOf(List<LinePiece> pieces)
    {
        while (pieces.Count > 0 && pieces[^1].Kind is PieceKind.Sign or PieceKind.Dash && !pieces[^1].Text.Contains(')', StringComparison.Ordinal))
        {
            pieces.RemoveAt(pieces.Count - 1);
        }

        return [.. pieces.SkipWhile(piece => piece.Kind is PieceKind.Sign && !piece.Text.StartsWith('(')).SelectMany(piece => piece.Words)];
    }
}
