using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads tables that run over the pages of one account, and says which lines look like rows and were not read.</summary>
/// <remarks>
/// Columns come from the header row; a page without one goes on with the columns of the page before. A date without a year takes it from the statement
/// period or date on the pages; where neither is printed it stays <c>MM-DD</c>.
/// </remarks>
public static class TableExtractor
{
    /// <summary>Lines that look like rows, on pages where no table was found, count only from this many on one page.</summary>
    private const int FewestStrayRows = 3;

    /// <summary>Reads every table of the schema that is printed on the pages.</summary>
    /// <param name="tables">The tables to look for.</param>
    /// <param name="pages">The pages of one account.</param>
    /// <returns>The tables of which at least one row was read or seen.</returns>
    public static ValueList<ExtractedTable> Extract(IReadOnlyList<TableDefinition> tables, IReadOnlyList<Page> pages)
    {
        if (tables.Count is 0)
        {
            return [];
        }

        var read = pages.OrderBy(page => page.Number).Select(TablePage.Of).ToList();
        var calendar = new StatementCalendar(read.Select(page => page.Tokens));
        var readers = tables.Select(table => new TableReader(table, calendar)).ToList();
        TableReader? current = null;
        foreach (var page in read)
        {
            current = ReadPage(page, tables, readers, current);
        }

        return readers.Select(reader => reader.ToTable()).OfType<ExtractedTable>().ToValueList();
    }

    private static TableReader? ReadPage(TablePage page, IReadOnlyList<TableDefinition> tables, List<TableReader> readers, TableReader? current)
    {
        var start = 0;
        for (var line = 0; line <= page.Lines.Count; line++)
        {
            var header = line < page.Lines.Count ? TableHeader.Read(tables, page.Lines[line].Line, page.Recognised) : null;
            if (header is null && line < page.Lines.Count)
            {
                continue;
            }

            ReadRegion(page, start, line, readers, current);
            if (header is not null)
            {
                current = readers.Find(reader => ReferenceEquals(reader.Table, header.Table));
                current?.Begin(header);
                start = line + 1;
            }
        }

        return current;
    }

    private static void ReadRegion(TablePage page, int start, int end, List<TableReader> readers, TableReader? current)
    {
        if (current is not null)
        {
            current.Read(page, start, end, hasHeader: start > 0);
            return;
        }

        // No header so far: lines that look like rows are read by the kinds of their pieces, if there are enough of them.
        var reader = readers.Find(each => each.IsDated) ?? readers[0];
        var seen = page.CandidatesFor(reader.IsDated)[start..end].Sum();
        if (seen >= FewestStrayRows)
        {
            reader.BeginWithoutHeader(page, start, end);
            reader.Read(page, start, end, hasHeader: false);
            reader.Forget();
        }
    }
}
