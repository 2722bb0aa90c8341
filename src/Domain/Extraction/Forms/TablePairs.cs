namespace Idp.Domain.Extraction;

/// <summary>Finds tables by their rows of figures and pairs every cell with the header above its column and the label before its row.</summary>
internal static class TablePairs
{
    /// <summary>Rows of one table stand at most this many line heights apart.</summary>
    private const double FurthestRows = 4.5;

    /// <summary>Lines of a header stand at most this many line heights apart.</summary>
    private const double FurthestHeader = 3.5;

    private const int FewestHeaderLetters = 3;
    private const int MostHeaderLines = 3;

    /// <summary>Headers longer than this are running text above the table.</summary>
    private const int MostHeaderWords = 6;

    public static IReadOnlyList<PairCandidate> Find(FormPage page)
    {
        var found = new List<PairCandidate>();
        var used = new HashSet<FormCell>(ReferenceEqualityComparer.Instance);
        foreach (var rows in TablesOf(page, used))
        {
            var columns = ColumnsOf(page, rows, used).Select(cells => (Cells: cells, Header: HeaderOf(page, cells, rows[0][0].Line, used))).ToList();
            var headerLines = columns.SelectMany(column => column.Header.Select(cell => cell.Line)).GroupBy(line => line).Where(line => line.Count() > 1)
                .Select(line => line.Key).ToHashSet();
            columns = [.. columns.Select(column => IsTrueHeader(column.Cells, column.Header, headerLines) ? column : (column.Cells, []))];
            foreach (var (cells, header) in columns)
            {
                found.AddRange(cells.Where(_ => header.Count > 0).Select(cell =>
                    new PairCandidate(page.Number, header, [cell, .. FormBlocks.UnitAfter(page, cell)], PairLink.ColumnOfTable)));
            }

            var headed = columns.Where(column => column.Header.Count > 0).SelectMany(column => column.Cells).ToHashSet();
            foreach (var row in rows.Where(row => Captions.LooksLikeCaption(row[0]) && !used.Contains(row[0])))
            {
                found.AddRange(row.Skip(1).Where(IsFigure).Select(cell =>
                    new PairCandidate(page.Number, [row[0]], [cell, .. FormBlocks.UnitAfter(page, cell)], PairLink.RowOfTable)));
            }

            if (columns.Exists(column => column.Header.Count > 0))
            {
                used.UnionWith(rows.SelectMany(row => row));
                used.UnionWith(columns.SelectMany(column => column.Header));
            }
        }

        return found;
    }

    /// <summary>Runs of lines that each hold two figures or more.</summary>
    private static IEnumerable<List<IReadOnlyList<FormCell>>> TablesOf(FormPage page, HashSet<FormCell> used)
    {
        var rows = new List<IReadOnlyList<FormCell>>();
        foreach (var line in page.Lines.Where(line => line.Count(IsFigure) >= 2 && !line.Any(cell => cell.EndsWithColon || used.Contains(cell))))
        {
            if (rows.Count > 0 && line.Min(cell => cell.Box.Y) - rows[^1].Max(cell => cell.Box.Bottom) > FurthestRows * page.LineHeight)
            {
                if (rows.Count > 1)
                {
                    yield return rows;
                }

                rows = [];
            }

            rows.Add(line);
        }

        if (rows.Count > 1)
        {
            yield return rows;
        }
    }

    /// <summary>Cells that stand below each other, for columns of two cells and more.</summary>
    private static IEnumerable<List<FormCell>> ColumnsOf(FormPage page, List<IReadOnlyList<FormCell>> rows, HashSet<FormCell> used)
    {
        var columns = new List<List<FormCell>>();
        foreach (var cell in rows.SelectMany(row => row).Where(cell => !used.Contains(cell) && !IsUnit(cell)))
        {
            var column = columns.Find(candidate => candidate[^1].Line < cell.Line
                && (candidate[^1].Box.HorizontalOverlap(cell.Box) > 0.4 || Math.Abs(candidate[^1].Box.X - cell.Box.X) < page.Em));
            if (column is null)
            {
                columns.Add([cell]);
            }
            else
            {
                column.Add(cell);
            }
        }

        return columns.Where(column => column.Count > 1);
    }

    /// <summary>The lines of text right above a column, from top to bottom; empty when there are none.</summary>
    private static List<FormCell> HeaderOf(FormPage page, List<FormCell> column, int firstRow, HashSet<FormCell> used)
    {
        var header = new List<FormCell>();
        var (left, right) = (column.Min(cell => cell.Box.X), column.Max(cell => cell.Box.Right));
        var top = page.Lines[firstRow].Min(cell => cell.Box.Y);
        for (var line = firstRow - 1; line >= 0 && header.Count < MostHeaderLines; line--)
        {
            var above = page.Lines[line].FirstOrDefault(cell => cell.Box.X < right && cell.Box.Right > left && cell.Text.Any(char.IsLetter));
            if (above is null)
            {
                continue;
            }

            if (page.Lines[line].Count(IsFigure) * 2 > page.Lines[line].Count || top - above.Box.Bottom > FurthestHeader * page.LineHeight || used.Contains(above) || above.EndsWithColon || IsFigure(above)
                || above.Run.Words.Count > MostHeaderWords || above.Box.Width > (right - left) * 2.5)
            {
                break;
            }

            header.Insert(0, above);
            top = above.Box.Y;
        }

        return header;
    }

    /// <summary>A header says something, and stands on a line with other headers when it heads the labels of the rows.</summary>
    private static bool IsTrueHeader(List<FormCell> column, List<FormCell> header, HashSet<int> headerLines) =>
        header.Exists(cell => cell.Text.Count(char.IsLetter) >= FewestHeaderLetters)
        && (column.Count(IsFigure) * 2 > column.Count || (header.Count == 1 && headerLines.Contains(header[0].Line)));

    internal static bool IsFigure(FormCell cell) =>
        cell.Text.Count(char.IsAsciiDigit) is > 0 and var digits && digits * 2 >= cell.Text.Count(char.IsLetterOrDigit);

    private static bool IsUnit(FormCell cell) => cell.Text.Length <= 3 && !cell.Text.Any(char.IsAsciiDigit);
}
