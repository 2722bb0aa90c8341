namespace Idp.Domain.Extraction;

/// <summary>Finds tables by their headers: lines of captions with short cells below them.</summary>
internal static class ColumnPairs
{
    /// <summary>The first entry stands at most this many line heights below its header, later ones below each other.</summary>
    private const double FurthestFirst = 2.2;

    private const double FurthestNext = 2.2;
    private const int MostRows = 60;
    private const int MostWords = 8;

    /// <summary>Cells of tables are short; this many words on average are running text.</summary>
    private const double MostWordsOnAverage = 4;

    /// <summary>The cells of tables, each with the header of its column; header lines hold nothing but headers.</summary>
    public static IReadOnlyList<PairCandidate> Find(FormPage page)
    {
        var found = new List<PairCandidate>();
        var used = new HashSet<FormCell>(ReferenceEqualityComparer.Instance);
        foreach (var line in page.Lines.Where(line => line.Count >= 2 && line.All(cell => IsHeader(cell, used))))
        {
            var columns = line.Select(header => (Header: header, Cells: ColumnBelow(page, header, line, used)))
                .Where(column => column.Cells.Count > 0).ToList();
            if (!IsTable(columns.Select(column => column.Cells).ToList()))
            {
                continue;
            }

            var cells = columns.SelectMany(column => column.Cells).ToHashSet();
            found.AddRange(RowsOf(page, cells, used));
            used.UnionWith(line);
            used.UnionWith(cells);
            found.AddRange(columns.SelectMany(column => column.Cells.Select(cell =>
                new PairCandidate(page.Number, [column.Header], [cell, .. FormBlocks.UnitAfter(page, cell)], PairLink.ColumnOfTable))));
        }

        return found;
    }

    /// <summary>The cells of a table with the labels of their rows, where those stand outside the columns that have headers.</summary>
    private static IEnumerable<PairCandidate> RowsOf(FormPage page, HashSet<FormCell> cells, HashSet<FormCell> used) =>
        from cell in cells
        let label = page.Lines[cell.Line][0]
        where label.Box.X < cell.Box.X && !cells.Contains(label) && IsHeader(label, used)
        select new PairCandidate(page.Number, [label], [cell, .. FormBlocks.UnitAfter(page, cell)], PairLink.RowOfTable);

    private static bool IsHeader(FormCell cell, HashSet<FormCell> used) =>
        !cell.EndsWithColon && !used.Contains(cell) && Captions.LooksLikeCaption(cell);

    /// <summary>Two columns share rows, their cells are short and many are figures.</summary>
    private static bool IsTable(List<List<FormCell>> columns)
    {
        var cells = columns.SelectMany(column => column).ToList();
        return columns.Count >= 2
            && columns.TrueForAll(column => column.Count(TablePairs.IsFigure) is var figures && (figures == 0 || figures * 5 >= column.Count * 3))
            && columns[0].Select(cell => cell.Line).Intersect(columns[1].Select(cell => cell.Line)).Count() >= 2
            && cells.Average(cell => cell.Run.Words.Count) <= MostWordsOnAverage
            && cells.Count(cell => cell.Text.Any(char.IsAsciiDigit)) * 3 >= cells.Count;
    }

    private static List<FormCell> ColumnBelow(FormPage page, FormCell header, IReadOnlyList<FormCell> line, HashSet<FormCell> used)
    {
        var column = new List<FormCell>();
        var last = header;
        for (var next = header.Line + 1; next < page.Lines.Count && column.Count < MostRows; next++)
        {
            var furthest = (column.Count == 0 ? FurthestFirst : FurthestNext) * page.LineHeight;
            if (page.Lines[next].Min(cell => cell.Box.Y) - last.Box.Bottom > furthest)
            {
                break;
            }

            var below = page.Lines[next].FirstOrDefault(cell => InColumn(page, header, cell) && cell.Box.Y > last.Box.CenterY);
            if (below is null)
            {
                continue;
            }

            // A cell that another header of the line covers better is that header's.
            if (below.EndsWithColon || used.Contains(below) || below.Run.Words.Count > MostWords
                || line.Any(other => !ReferenceEquals(other, header) && other.Box.HorizontalOverlap(below.Box) > header.Box.HorizontalOverlap(below.Box)))
            {
                break;
            }

            column.Add(below);
            last = below;
        }

        return column;
    }

    private static bool InColumn(FormPage page, FormCell header, FormCell cell) =>
        Math.Abs(cell.Box.X - header.Box.X) < page.Em || Math.Abs(cell.Box.CenterX - header.Box.CenterX) < 1.5 * page.Em
        || header.Box.HorizontalOverlap(cell.Box) > 0.6;
}
