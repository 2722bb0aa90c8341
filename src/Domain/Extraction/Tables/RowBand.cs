using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Lines of a table of which at least one looks like a row and was not explained: what is to be asked again.</summary>
/// <param name="Lines">The lines, with one line around them on either side.</param>
/// <param name="Header">The line that heads the columns, on this page or an earlier one; null when none is printed, or when it is among the lines.</param>
/// <param name="Rows">How many rows are missing there.</param>
public sealed record RowBand(PageBand Lines, PageBand? Header, int Rows)
{
    /// <summary>What to show: the header and the lines, one printed line a line.</summary>
    /// <param name="pages">The pages of the account; the band's own must be among them.</param>
    public string TextOf(IReadOnlyList<Page> pages)
    {
        var lines = PageBands.TextOf(pages.First(page => page.Number == Lines.Page), Lines);
        return Header is { } header && pages.FirstOrDefault(page => page.Number == header.Page) is { } above ? PageBands.TextOf(above, header) + "\n" + lines : lines;
    }
}

/// <summary>A table after a model's rows were compared with the printed lines.</summary>
/// <param name="Table">The table; null when nothing of it was seen.</param>
/// <param name="Missing">What is still not explained, as bands to ask about, in printed order.</param>
public sealed record CompletedTable(ExtractedTable? Table, ValueList<RowBand> Missing);
