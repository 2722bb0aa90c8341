using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A column as it is printed on a page.</summary>
/// <param name="Definition">What the schema calls it; null for a printed column that the schema does not know.</param>
/// <param name="Box">Where its header stands.</param>
/// <param name="Group">Tables printed several side by side: which of them, from 0.</param>
internal sealed record PrintedColumn(ColumnDefinition? Definition, Box Box, int Group);

/// <summary>The header row of a table.</summary>
/// <param name="Table">The table that it heads.</param>
/// <param name="Columns">Its columns from left to right.</param>
internal sealed record TableHeader(TableDefinition Table, IReadOnlyList<PrintedColumn> Columns)
{
    private const int MostWords = 24;

    private const int MostHeaderWords = 4;

    private const int ShortestFuzzy = 5;

    /// <summary>Reads a line as the header of the table that it fits best; null when it heads none.</summary>
    /// <param name="tables">The tables that may be there.</param>
    /// <param name="line">The line.</param>
    /// <param name="recognised">True for words from recognition: one wrong letter in a header is forgiven.</param>
    public static TableHeader? Read(IReadOnlyList<TableDefinition> tables, TextLine line, bool recognised)
    {
        var words = line.Whole.Words;
        if (words.Count > MostWords || words.Any(word => word.Text.Count(char.IsAsciiDigit) > 2) || words.Count is 0)
        {
            return null;
        }

        return tables.Select(table => Read(table, line, recognised)).OfType<TableHeader>()
            .OrderByDescending(header => header.Columns.Count(column => column.Definition is not null)).FirstOrDefault();
    }

    private static TableHeader? Read(TableDefinition table, TextLine line, bool recognised)
    {
        var columns = new List<PrintedColumn>();
        var matchedWords = 0;
        foreach (var segment in line.Segments)
        {
            foreach (var (column, words) in Match(table, segment, recognised))
            {
                columns.Add(new PrintedColumn(column, Box.Union(words.Select(word => word.Box)), 0));
                matchedWords += column is null ? 0 : words.Count;
            }
        }

        var known = columns.Select(column => column.Definition?.Name).OfType<string>().Distinct().Count();
        return known >= 2 && matchedWords * 3 >= line.Whole.Words.Count ? new TableHeader(table, Grouped(columns)) : null;
    }

    private static List<PrintedColumn> Grouped(List<PrintedColumn> columns)
    {
        var group = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var grouped = new List<PrintedColumn>();
        foreach (var column in columns)
        {
            if (column.Definition is { } definition && !seen.Add(definition.Name))
            {
                group++;
                seen = new HashSet<string>(StringComparer.Ordinal) { definition.Name };
            }

            grouped.Add(column with { Group = group });
        }

        return grouped;
    }

    /// <summary>The headers in a segment; a segment with other words in it ("Date Opened") is one column that the schema does not know.</summary>
    private static List<(ColumnDefinition? Column, IReadOnlyList<Word> Words)> Match(TableDefinition table, TextRun segment, bool recognised)
    {
        var words = segment.Words.Where(word => word.Text.Any(character => char.IsLetter(character) || character is '#')).ToValueList();
        var found = new List<(ColumnDefinition? Column, IReadOnlyList<Word> Words)>();
        for (var at = 0; at < words.Count;)
        {
            var (column, length) = LongestAt(table, words, at, recognised);
            if (column is null)
            {
                return [(null, words)];
            }

            found.Add((column, words.Skip(at).Take(length).ToList()));
            at += length;
        }

        return found;
    }

    private static (ColumnDefinition? Column, int Length) LongestAt(TableDefinition table, ValueList<Word> words, int at, bool recognised)
    {
        for (var length = Math.Min(MostHeaderWords, words.Count - at); length >= 1; length--)
        {
            var printed = Plain(string.Join(' ', words.Skip(at).Take(length).Select(word => word.Text)));
            var column = printed.Length is 0 ? null : table.Columns.FirstOrDefault(column => column.Headers.Any(header => IsSame(Plain(header), printed, recognised)));
            if (column is not null)
            {
                return (column, length);
            }
        }

        return (null, 1);
    }

    private static bool IsSame(string header, string printed, bool recognised) =>
        header.Equals(printed, StringComparison.Ordinal)
        || (recognised && header.Length >= ShortestFuzzy && Math.Abs(header.Length - printed.Length) <= 1 && OcrConfusion.Distance(header, printed) <= 1);

    private static string Plain(string text) => string.Concat(text.Where(character => char.IsLetter(character) || character is '#' or '&').Select(char.ToLowerInvariant));
}
