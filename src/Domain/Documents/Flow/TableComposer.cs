using Idp.Domain.Kernel;

namespace Idp.Domain.Documents.Flow;

/// <summary>Sets tables: cells that are short stay on one line, prose is broken, figures stand at the right edge of their column.</summary>
internal static class TableComposer
{
    private const double Size = 9;
    private const double LineHeight = 12;
    private const double RowSpace = 2;
    private const double TableSpace = 8;

    /// <summary>Wide enough that nobody takes two cells for one.</summary>
    private const double Gap = 16;

    /// <summary>Cells up to this width are figures, names and dates, which are not broken.</summary>
    private const double ShortCell = 130;
    private const double LongestWord = 200;
    private const double WidestColumn = 330;

    /// <summary>A page as wide as A2.</summary>
    private const double WidestText = 1584;
    private const double FiguresShare = 0.6;
    private const int LongestRowKept = 12;

    /// <summary>The table; cut into several, by columns, only where no page is wide enough.</summary>
    public static IEnumerable<LineSection> Compose(FlowTable table)
    {
        var rows = table.Rows.Select(static row => row.Select(static cell => FlowText.Clean(cell).Trim()).ToArray()).ToList();
        var columns = Enumerable.Range(0, rows.Select(static row => row.Length).DefaultIfEmpty(0).Max())
            .Select(index => Measure(rows, index, table.HeaderRows))
            .Where(static column => column.Widest > 0)
            .ToList();
        for (var first = 0; first < columns.Count;)
        {
            var count = Math.Max(1, FittingFrom(columns, first));
            yield return Section(rows, Widen(columns.GetRange(first, count)), table.HeaderRows);
            first += count;
        }
    }

    private static Column Measure(List<string[]> rows, int index, int headerRows)
    {
        var (least, widest, figures, filled) = (0.0, 0.0, 0, 0);
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = index < rows[row].Length ? rows[row][index] : string.Empty;
            var font = row < headerRows ? FlowFont.Bold : FlowFont.Regular;
            foreach (var line in cell.Split('\n'))
            {
                var width = FontMetrics.WidthOf(line, font, Size);
                widest = Math.Max(widest, width);
                least = Math.Max(least, width <= ShortCell ? width : Math.Min(LongestWord, LongestWordOf(line, font)));
            }

            filled += row >= headerRows && cell.Length > 0 ? 1 : 0;
            figures += row >= headerRows && IsFigure(cell) ? 1 : 0;
        }

        return new Column(index, Math.Max(least, Math.Min(widest, ShortCell)), Math.Min(widest, WidestColumn), filled > 0 && figures >= filled * FiguresShare);
    }

    private static double LongestWordOf(string line, FlowFont font) => line.Split(' ').Max(word => FontMetrics.WidthOf(word, font, Size));

    private static bool IsFigure(string cell) =>
        cell.Any(char.IsAsciiDigit) && cell.All(static character => char.IsAsciiDigit(character) || char.IsWhiteSpace(character) || "+-–−.,()/%$€£¥:'".Contains(character, StringComparison.Ordinal));

    /// <summary>How many columns fit on the widest page.</summary>
    private static int FittingFrom(List<Column> columns, int first)
    {
        var used = -Gap;
        return columns.Skip(first).TakeWhile(column => (used += column.Least + Gap) <= WidestText).Count();
    }

    /// <summary>Gives what is left of the page to the columns that have use for it.</summary>
    private static List<Column> Widen(List<Column> columns)
    {
        var gaps = Gap * (columns.Count - 1);
        var left = Math.Max(PageComposer.UsualTextWidth, columns.Sum(static column => column.Least) + gaps) - columns.Sum(static column => column.Least) - gaps;
        var wanted = columns.Sum(static column => Math.Max(0, column.Widest - column.Least));
        var share = wanted <= 0 ? 0 : Math.Min(1, left / wanted);
        return [.. columns.Select(column => column with { Least = column.Least + (share * Math.Max(0, column.Widest - column.Least)) })];
    }

    private static LineSection Section(List<string[]> rows, List<Column> columns, int headerRows)
    {
        var width = columns.Sum(static column => column.Least) + (Gap * (columns.Count - 1));
        var header = rows.Take(headerRows).SelectMany(row => LinesOf(row, columns, FlowFont.Bold)).ToValueList();
        return new LineSection(Math.Max(PageComposer.UsualTextWidth, Math.Ceiling(width)), header.Count <= LongestRowKept ? header : [], Units());

        IEnumerable<LineUnit> Units()
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var lines = LinesOf(rows[row], columns, row < headerRows ? FlowFont.Bold : FlowFont.Regular).ToValueList();
                var space = row == 0 ? TableSpace : RowSpace;
                if (lines.Count <= LongestRowKept)
                {
                    yield return new LineUnit(space, lines) { RoomBelow = row < headerRows ? LineHeight * 2 : 0 };
                    continue;
                }

                foreach (var line in lines)
                {
                    yield return new LineUnit(0, [line]);
                }
            }
        }
    }

    private static IEnumerable<FlowLine> LinesOf(string[] row, List<Column> columns, FlowFont font)
    {
        var cells = columns
            .Select(column => FlowText.Wrap(column.Index < row.Length ? row[column.Index] : string.Empty, font, Size, column.Least + 0.01).ToList())
            .ToList();
        for (var line = 0; line < cells.Max(static cell => cell.Count); line++)
        {
            var parts = new List<LinePart>();
            var x = 0.0;
            foreach (var (column, cell) in columns.Zip(cells))
            {
                if (line < cell.Count && cell[line].Trim() is { Length: > 0 } text)
                {
                    var indent = column.IsFigures ? Math.Max(0, column.Least - FontMetrics.WidthOf(text, font, Size)) : 0;
                    parts.Add(new LinePart(x + indent, Size, font, text));
                }

                x += column.Least + Gap;
            }

            yield return new FlowLine(LineHeight, parts.ToValueList());
        }
    }

    /// <summary>One column.</summary>
    /// <param name="Index">Its place in the rows.</param>
    /// <param name="Least">Its width in points, at first what it needs.</param>
    /// <param name="Widest">What it would have use for.</param>
    /// <param name="IsFigures">True where nearly all cells are figures.</param>
    private sealed record Column(int Index, double Least, double Widest, bool IsFigures);
}
