using Idp.Domain.Documents;
using Idp.Domain.Kernel.Costs;

namespace Idp.Domain.Extraction;

/// <summary>Cuts a page that is too large for one model call into bands of lines.</summary>
/// <remarks>Lines are printed lines from top to bottom, skew taken out; the same page always has the same lines.</remarks>
public static class PageBands
{
    /// <summary>The band of all lines.</summary>
    public static PageBand Whole(Page page) => new(page.Number, 0, LinesOf(page).Count);

    /// <summary>The upper and the lower half of a band, about equally long in tokens; null when it has fewer than two lines.</summary>
    /// <param name="page">The page on which the band stands.</param>
    /// <param name="band">The band; a band that leaves the page is cut to it.</param>
    public static (PageBand Upper, PageBand Lower)? Halve(Page page, PageBand band)
    {
        var lines = Within(LinesOf(page), band);
        if (lines.Count < 2)
        {
            return null;
        }

        var lengths = lines.Select(line => (long)TokenCount.Estimate(line)).ToList();
        var total = lengths.Sum();
        var (upper, sum) = (1, lengths[0]);
        while (upper < lines.Count - 1 && Math.Abs(total - (2 * (sum + lengths[upper]))) <= Math.Abs(total - (2 * sum)))
        {
            sum += lengths[upper++];
        }

        return (band with { LineCount = upper }, band with { FirstLine = band.FirstLine + upper, LineCount = lines.Count - upper });
    }

    /// <summary>The text of a band, one printed line a line.</summary>
    /// <param name="page">The page on which the band stands.</param>
    /// <param name="band">The band; a band that leaves the page is cut to it.</param>
    public static string TextOf(Page page, PageBand band) => string.Join('\n', Within(LinesOf(page), band));

    /// <summary>The bands that hold printed lines which nothing explains, with the lines around them; those that touch are one.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rows">The lines; those of other pages are passed over.</param>
    /// <param name="around">How many lines before and after each belong to its band.</param>
    public static IReadOnlyList<PageBand> Around(Page page, IEnumerable<UnexplainedRow> rows, int around)
    {
        var texts = rows.Where(row => row.Page == page.Number).Select(row => row.Text).ToHashSet(StringComparer.Ordinal);
        var lines = texts.Count == 0 ? [] : LinesOf(page);
        var bands = new List<PageBand>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (!texts.Contains(lines[at].Line.Whole.Text))
            {
                continue;
            }

            var (first, end) = (Math.Max(0, at - around), Math.Min(lines.Count, at + around + 1));
            if (bands.Count > 0 && first <= bands[^1].FirstLine + bands[^1].LineCount)
            {
                bands[^1] = bands[^1] with { LineCount = end - bands[^1].FirstLine };
            }
            else
            {
                bands.Add(new PageBand(page.Number, first, end - first));
            }
        }

        return bands;
    }

    private static List<string> Within(IReadOnlyList<TableLine> lines, PageBand band) =>
        [.. lines.Skip(band.FirstLine).Take(band.LineCount).Select(line => line.Line.Whole.Text)];

    private static IReadOnlyList<TableLine> LinesOf(Page page) => TablePage.Of(page).Lines;
}
