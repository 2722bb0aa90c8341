using CsvHelper;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Text;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads comma-separated values, or values separated otherwise, as one table.</summary>
internal static class SeparatedValuesReader
{
    /// <summary>Stands in no text: a single column may have commas.</summary>
    private const char NoDelimiter = '\u001F';

    /// <summary>The table; its first row is a heading where it has words alone.</summary>
    public static IEnumerable<FlowBlock> Read(ReadOnlySpan<byte> bytes)
    {
        var text = TextEncodings.Decode(bytes);
        using var reader = CsvReader.FromText(
            text, new CsvReaderOptions { Separator = Delimiters.Of(text) ?? NoDelimiter, HasHeader = false, SkipEmptyLines = true, OnMalformedRecord = static _ => { } });
        var rows = new List<ValueList<string>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToValueList());
        }

        var hasHeader = rows.Count > 1 && rows[0].All(static cell => cell.Length > 0 && !char.IsAsciiDigit(cell.Trim().FirstOrDefault()));
        return [new FlowTable(rows.ToValueList(), hasHeader ? 1 : 0)];
    }
}
