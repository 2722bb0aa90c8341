using System.Globalization;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A model's row, found on a printed line.</summary>
/// <param name="Row">The row as it is printed there.</param>
/// <param name="Score">How much of the model's row stands there; more is better.</param>
internal sealed record RowMatch(TableRow Row, double Score);

/// <summary>Compares a model's row with the pieces of a printed line. What is taken over is what is printed.</summary>
internal sealed class RowMatcher(TableDefinition table, StatementCalendar calendar)
{
    /// <summary>This share of a line's words of text must be in the model's text.</summary>
    private const double CommonText = 0.6;

    /// <summary>A row has at least two cells.</summary>
    private const int FewestCells = 2;

    /// <summary>The row as the pieces of a line print it; null when they do not: each amount must be there to the cent.</summary>
    /// <param name="page">The page of the line.</param>
    /// <param name="items">The pieces of the line that no other row has taken.</param>
    /// <param name="row">The model's row.</param>
    public RowMatch? Match(TablePage page, IReadOnlyList<LineItem> items, ModelRow row)
    {
        var free = items.SelectMany(item => item.Words).ToList();
        var cells = new List<(int Order, TableCell Cell, List<Word> Words)>();
        var (amounts, score) = (0, row.Page == page.Number ? 0.5 : 0.0);
        foreach (var (cell, column, order) in CellsOf(row).OrderBy(each => Rank(each.Column.Type)))
        {
            var found = IsAmount(column) ? Amount(free, items, column, cell.Value)
                : column.Type is FieldType.Date ? Date(free, items, page.Number, cell.Value)
                : column.Type is FieldType.Identifier or FieldType.AccountNumber ? Identifier(free, cell.Value)
                : Text(free, items, cell.Value);
            if (found is { Share: > 0, Words: var words })
            {
                free.RemoveAll(word => words.Contains(word, ReferenceEqualityComparer.Instance));
                var printed = string.Join(' ', words.Select(word => word.Text));
                cells.Add((order, new TableCell(column.Name, ValueOf(column, printed, page.Number), printed), words));
                (amounts, score) = (amounts + (column.Type is FieldType.Money ? 1 : 0), score + found.Share);
            }
            else if (found.Contradicts)
            {
                return null;
            }
        }

        return cells.Count < FewestCells || amounts is 0
            ? null
            : new RowMatch(
                new TableRow(page.Number, cells.OrderBy(each => each.Order).Select(each => each.Cell).ToValueList(), [page.BoxOf(cells.SelectMany(each => each.Words))]), score);
    }

    /// <summary>Every amount that some words of a line may be read as, without its sign.</summary>
    public IReadOnlySet<decimal> AmountsOn(IReadOnlyList<LineItem> items)
    {
        var types = table.Columns.Where(IsAmount).DistinctBy(column => column.Type).ToList();
        return (from piece in PiecesOf(items) from column in types select AmountOf(column, TextOf(piece))).OfType<decimal>().ToHashSet();
    }

    /// <summary>The amounts without which a line cannot be a model's row: all but zeros, with which models fill empty cells.</summary>
    public IReadOnlyList<decimal> AmountsOf(ModelRow row) =>
        [.. CellsOf(row).Where(each => IsAmount(each.Column)).Select(each => AmountOf(each.Column, each.Cell.Value)).OfType<decimal>().Where(amount => amount is not 0)];

    private static bool IsAmount(ColumnDefinition column) => column.Type is FieldType.Money or FieldType.Percent;

    private IEnumerable<(TableCell Cell, ColumnDefinition Column, int Order)> CellsOf(ModelRow row)
    {
        for (var order = 0; order < table.Columns.Count; order++)
        {
            var column = table.Columns[order];
            if (row.Cells.FirstOrDefault(cell => cell.Column.Equals(column.Name, StringComparison.OrdinalIgnoreCase) && PageText.Letters(cell.Value).Length > 0) is { } cell)
            {
                yield return (cell, column, order);
            }
        }
    }

    /// <summary>What is plain to see is looked for first, and text takes what is left.</summary>
    private static int Rank(FieldType type) => type switch
    {
        FieldType.Money or FieldType.Percent => 0,
        FieldType.Date => 1,
        FieldType.Identifier or FieldType.AccountNumber => 2,
        _ => 3,
    };

    private static Found Amount(List<Word> free, IReadOnlyList<LineItem> items, ColumnDefinition column, string said)
    {
        if (AmountOf(column, said) is not { } wanted)
        {
            return Found.Nothing;
        }

        // The last fits best: amounts stand behind the text, in which the same number may stand too.
        var words = PiecesOf(items).LastOrDefault(piece => piece.All(word => free.Contains(word, ReferenceEqualityComparer.Instance)) && AmountOf(column, TextOf(piece)) == wanted);

        // A zero is how models write an empty cell.
        return words is not null ? new Found([.. words], 1) : wanted is 0 ? Found.Nothing : Found.Contradiction;
    }

    /// <summary>What may be an amount on a line: the words of a text one by one, and pieces that are no text as a whole.</summary>
    private static IEnumerable<IReadOnlyList<Word>> PiecesOf(IReadOnlyList<LineItem> items) =>
        items.SelectMany(item => item.Kind is LineItemKind.Text ? item.Words.Select(word => (IReadOnlyList<Word>)[word]) : [item.Words]);

    private static string TextOf(IReadOnlyList<Word> words) => LineItem.Clean(string.Join(' ', words.Select(word => word.Text)));

    private static decimal? AmountOf(ColumnDefinition column, string text) => ValueNormalizer.Normalize(column.Type, text) is { } value
        && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? Math.Abs(amount) : null;

    private Found Date(List<Word> free, IReadOnlyList<LineItem> items, int page, string said)
    {
        var wanted = calendar.Normalize(said, page);
        var dates = items.Where(item => item.Kind is LineItemKind.Date && item.Words.All(word => free.Contains(word, ReferenceEqualityComparer.Instance))).ToList();
        var found = wanted is null ? null : dates.Find(item => IsSameDay(calendar.Normalize(LineItem.Clean(item.Text), page), wanted));
        return found is not null ? new Found([.. found.Words], 1) : dates.Count > 0 ? Found.Contradiction : Found.Nothing;
    }

    /// <summary>Equal, or equal but for a year that the page does not print.</summary>
    private static bool IsSameDay(string? printed, string wanted) =>
        printed is not null && (printed == wanted || (printed.Length is not 10 && wanted.EndsWith(printed, StringComparison.Ordinal))
            || (wanted.Length is not 10 && printed.EndsWith(wanted, StringComparison.Ordinal)));

    private static Found Identifier(List<Word> free, string said)
    {
        var wanted = PageText.Letters(said);
        return free.Find(word => PageText.Letters(word.Text) == wanted) is { } word ? new Found([word], 1) : Found.Nothing;
    }

    /// <summary>The pieces of text that the model's text goes back to; all of their words, since what is taken over is what is printed.</summary>
    private static Found Text(List<Word> free, IReadOnlyList<LineItem> items, string said)
    {
        var wanted = said.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PageText.Letters).Where(word => word.Length > 0).ToList();
        var words = free.Where(word => word.Text.Any(char.IsLetterOrDigit)).ToList();
        var common = words.Where(word => wanted.Exists(each => IsSameWord(each, PageText.Letters(word.Text)))).ToList();
        if (words.Count is 0)
        {
            return Found.Nothing;
        }

        // A model's text may run on over the next line, or leave out what stands in further columns.
        if (common.Count is 0 || (common.Count < CommonText * words.Count && common.Count < CommonText * wanted.Count))
        {
            return Found.Contradiction;
        }

        var pieces = items.Where(item => item.Words.Any(word => common.Contains(word, ReferenceEqualityComparer.Instance)))
            .SelectMany(item => item.Words).Where(word => free.Contains(word, ReferenceEqualityComparer.Instance));
        return new Found([.. pieces], common.Count / (double)Math.Max(words.Count, wanted.Count));
    }

    private static bool IsSameWord(string first, string second) =>
        first == second || (first.Length >= 4 && EditDistance.Between(PageText.Fold(first), PageText.Fold(second), first.Length / 4) <= first.Length / 4);

    private string ValueOf(ColumnDefinition column, string printed, int page)
    {
        var clean = column.Type is FieldType.Text ? printed : LineItem.Clean(printed);
        return (column.Type is FieldType.Date ? calendar.Normalize(clean, page) : ValueNormalizer.Normalize(column.Type, clean)) ?? printed;
    }

    /// <summary>What a line has of a cell.</summary>
    /// <param name="Words">The words; none where it has nothing.</param>
    /// <param name="Share">How much of the cell they say, 0 to 1.</param>
    /// <param name="Contradicts">True when the line prints something else in its place.</param>
    private sealed record Found(List<Word> Words, double Share, bool Contradicts = false)
    {
        public static readonly Found Nothing = new([], 0);

        public static readonly Found Contradiction = new([], 0, true);
    }
}
