namespace Idp.Domain.Extraction;

/// <summary>Makes bands to ask about of the lines that no row explains.</summary>
internal static class RowBands
{
    /// <summary>Lines shown around, so that a row that begins or ends there is whole.</summary>
    private const int Context = 1;

    /// <summary>The bands, in printed order; lines that are neighbours with their context are one band.</summary>
    public static IEnumerable<RowBand> Of(TableDefinition table, TableLines lines, IEnumerable<UnexplainedRow> unexplained) => unexplained
        .Where(row => lines.On(row.Page) is { Lines.Count: > 0 })
        .GroupBy(row => row.Page).OrderBy(page => page.Key)
        .SelectMany(page => Joined(page.Select(row => RangeOf(lines, row)).Order().ToList())
            .Select(band => Make(table, lines, page.Key, band)));

    private static (int First, int Last) RangeOf(TableLines lines, UnexplainedRow row)
    {
        var page = lines.On(row.Page)!;
        var covered = lines.LinesIn(row.Page, row.Box);
        if (covered.Count > 0)
        {
            return (Math.Max(0, covered[0] - Context), Math.Min(page.Lines.Count - 1, covered[^1] + Context));
        }

        // A gap: the line above it and the line below it.
        var below = Enumerable.Range(0, page.Lines.Count).FirstOrDefault(line => lines.BoxOf(row.Page, line).CenterY > row.Box.CenterY, page.Lines.Count);
        return (Math.Clamp(below - Context, 0, page.Lines.Count - 1), Math.Clamp(below + Context - 1, 0, page.Lines.Count - 1));
    }

    private static List<(int First, int Last, int Rows)> Joined(List<(int First, int Last)> ranges)
    {
        var joined = new List<(int First, int Last, int Rows)>();
        foreach (var (first, last) in ranges)
        {
            if (joined.Count > 0 && first <= joined[^1].Last + 1)
            {
                joined[^1] = (joined[^1].First, Math.Max(joined[^1].Last, last), joined[^1].Rows + 1);
            }
            else
            {
                joined.Add((first, last, 1));
            }
        }

        return joined;
    }

    private static RowBand Make(TableDefinition table, TableLines lines, int page, (int First, int Last, int Rows) band)
    {
        var header = HeaderAbove(table, lines, page, band.First);
        var isWithin = header is { } found && found.Page == page && found.FirstLine >= band.First;
        return new RowBand(new PageBand(page, band.First, band.Last - band.First + 1), isWithin ? null : header, band.Rows);
    }

    /// <summary>The nearest header at or above a line, on its page or an earlier one.</summary>
    private static PageBand? HeaderAbove(TableDefinition table, TableLines lines, int page, int line)
    {
        foreach (var number in lines.Pages.Where(number => number <= page).OrderDescending())
        {
            var read = lines.On(number)!;
            var from = number == page ? Math.Min(line, read.Lines.Count - 1) : read.Lines.Count - 1;
            for (var at = from; at >= 0; at--)
            {
                if (TableHeader.Read([table], read.Lines[at].Line, read.Recognised) is not null)
                {
                    return new PageBand(number, at, 1);
                }
            }
        }

        return null;
    }
}
