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

    private static List<string> Within(IReadOnlyList<TableLine> lines, PageBand band) =>
        [.. lines.Skip(band.FirstLine).Take(band.LineCount).Select(line => line.Line.Whole.Text)];

    private static IReadOnlyList<TableLine> LinesOf(Page page) => TablePage.Of(page).Lines;
}
