using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>Finds lines that are rows of a table, by segments that stand over each other, and writes them as Markdown.</summary>
internal static class TableLines
{
    private const int FewestRows = 3;
    private const int MostColumns = 24;

    /// <summary>Lines of one segment between rows: a label over a group of rows, or a cell that goes on.</summary>
    private const int MostLinesBetween = 2;

    /// <summary>For each line, how many lines from there on are a table; 0 where none begins.</summary>
    public static int[] LengthsOf(IReadOnlyList<TextLine> lines)
    {
        var lengths = new int[lines.Count];
        for (var start = 0; start < lines.Count;)
        {
            var (end, rows) = ExtentFrom(lines, start);
            if (rows >= FewestRows && ColumnsOf(lines.Take(end).Skip(start)).Count > 1)
            {
                lengths[start] = end - start;
            }

            start = rows >= FewestRows ? end : start + 1;
        }

        return lengths;
    }

    /// <summary>Rows that follow each other and stand under each other, with a few lines between.</summary>
    private static (int End, int Rows) ExtentFrom(IReadOnlyList<TextLine> lines, int start)
    {
        var (end, rows) = (start, 0);
        for (var at = start; at < lines.Count && at - end <= MostLinesBetween; at++)
        {
            if ((rows > 0 && IsFar(lines, at)) || (rows == 0 && !IsRow(lines[at])))
            {
                break;
            }

            if (IsRow(lines[at]))
            {
                if (rows > 0 && !StandsUnder(lines[at], lines, start, end))
                {
                    break;
                }

                rows++;
                end = at + 1;
            }
        }

        return (end, rows);
    }

    /// <summary>The table as Markdown.</summary>
    public static TextBlock ToBlock(IReadOnlyList<TextLine> lines, int page)
    {
        var columns = ColumnsOf(lines);
        var text = new PlacedText();
        for (var row = 0; row < lines.Count; row++)
        {
            var cells = new List<string>[columns.Count];
            foreach (var segment in lines[row].Segments)
            {
                (cells[ColumnOf(columns, segment.Box)] ??= []).Add(Escape(PrintedText.Of(segment.Words.Select(static word => word.Text))));
            }

            text.AddMarks(row == 0 ? string.Empty : "\n");
            text.Add($"| {string.Join(" | ", cells.Select(static cell => cell is null ? string.Empty : string.Join(' ', cell)))} |", page, lines[row].Whole.Box);
            if (row == 0)
            {
                text.AddMarks("\n|" + string.Concat(Enumerable.Repeat(" --- |", columns.Count)));
            }
        }

        return text.ToBlock(BlockKind.Table);
    }

    private static bool IsRow(TextLine line) => line.Segments.Count > 1;

    private static bool IsFar(IReadOnlyList<TextLine> lines, int at) =>
        lines[at].Whole.Box.Y - lines[at - 1].Whole.Box.Bottom > 3.5 * lines[at - 1].Whole.Box.Height;

    /// <summary>A segment of the line stands in a column of the rows before, and not only the first.</summary>
    private static bool StandsUnder(TextLine line, IReadOnlyList<TextLine> lines, int start, int end)
    {
        var before = Enumerable.Range(Math.Max(start, end - 6), end - Math.Max(start, end - 6)).Select(row => lines[row]).SelectMany(static row => row.Segments.Skip(1)).ToList();
        return line.Segments.Skip(1).Any(segment => before.Exists(other => other.Box.HorizontalOverlap(segment.Box) > 0.3));
    }

    /// <summary>The columns from left to right: what segments cover together. Lines with fewer segments than usual may span columns and do not count.</summary>
    private static List<(double Left, double Right)> ColumnsOf(IEnumerable<TextLine> lines)
    {
        var rows = lines.Where(IsRow).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        var usual = rows.Select(static row => row.Segments.Count).Order().ElementAt(rows.Count / 2);
        var columns = new List<(double Left, double Right)>();
        foreach (var box in rows.Where(row => row.Segments.Count >= usual).SelectMany(static row => row.Segments).Select(static segment => segment.Box).OrderBy(static box => box.X))
        {
            if (columns.Count > 0 && box.X < columns[^1].Right)
            {
                columns[^1] = (columns[^1].Left, Math.Max(columns[^1].Right, box.Right));
            }
            else
            {
                columns.Add((box.X, box.Right));
            }
        }

        return columns.Count > MostColumns ? [] : columns;
    }

    private static int ColumnOf(List<(double Left, double Right)> columns, Box box)
    {
        var (best, least) = (0, double.MaxValue);
        for (var index = 0; index < columns.Count; index++)
        {
            var distance = Math.Max(0, Math.Max(columns[index].Left - box.Right, box.X - columns[index].Right))
                - Math.Min(0.5, Math.Max(0, Math.Min(columns[index].Right, box.Right) - Math.Max(columns[index].Left, box.X)));
            if (distance < least)
            {
                (best, least) = (index, distance);
            }
        }

        return best;
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
