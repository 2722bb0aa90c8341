namespace Idp.Domain.Extraction;

/// <summary>Finds entries that stand below their caption: boxed forms, and the columns of tables.</summary>
internal static class ColumnPairs
{
    /// <summary>The first entry stands at most this many line heights below its header, later ones below each other.</summary>
    private const double FurthestFirst = 2.2;

    private const double FurthestNext = 2.2;
    private const int MostRows = 60;

    public static IEnumerable<PairCandidate> Find(FormPage page, HashSet<FormCell> used, HashSet<string> labels)
    {
        var keys = new HashSet<FormCell>();
        var found = new List<PairCandidate>();
        foreach (var line in page.Lines)
        {
            var headers = line.Where(cell => !cell.EndsWithColon && !used.Contains(cell) && !keys.Contains(cell) && Captions.LooksLikeCaption(cell)).ToList();
            var columns = headers.Select(header => (Header: header, Cells: ColumnBelow(page, header, line, used, labels))).ToList();
            var filled = columns.Count(column => column.Cells.Count > 0);
            var isTable = columns.Count(column => column.Cells.Count > 1) >= 2;
            foreach (var (header, cells) in columns)
            {
                var common = Captions.IsCommon(header, labels);
                if (cells.Count == 0 || (filled < 2 && !common) || (!common && !isTable && !SpeaksForEntry(header, cells[0])))
                {
                    continue;
                }

                keys.Add(header);
                keys.UnionWith(cells);
                found.AddRange(isTable
                    ? cells.Select(cell => new PairCandidate(page.Number, [header], [cell], PairLink.ColumnOfTable))
                    : [new PairCandidate(page.Number, [header], [cells[0], .. Rest(page, cells[0], used)], PairLink.BelowCaption)]);
            }
        }

        return found;
    }

    private static IEnumerable<FormCell> Rest(FormPage page, FormCell first, HashSet<FormCell> used) =>
        FormBlocks.Continuation(page, [first], 0.8, 6, used);

    private static bool SpeaksForEntry(FormCell header, FormCell cell) =>
        cell.Text.Any(char.IsAsciiDigit) || (Captions.IsCapitals(header.Text) && !Captions.IsCapitals(cell.Text));

    private static List<FormCell> ColumnBelow(FormPage page, FormCell header, IReadOnlyList<FormCell> line, HashSet<FormCell> used, HashSet<string> labels)
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
            if (below.EndsWithColon || used.Contains(below) || Captions.IsCommon(below, labels) || below.Run.Words.Count > 12
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
