using System.Text;
using Idp.Api.Kernel.Http;
using Idp.Application.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>Writes results as RFC 4180 text that no spreadsheet takes for formulas.</summary>
internal static class CsvExport
{
    /// <summary>Writes one line a field, or one a table row.</summary>
    public static async Task WriteAsync(Stream stream, ExportWish wish, IAsyncEnumerable<ExportedResult> results, CancellationToken ct)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(wish.HasByteOrderMark), leaveOpen: true) { NewLine = "\r\n" };
        if (wish.Part is ExportPart.Fields)
        {
            await WriteLineAsync(text, ExportLines.FieldColumns, ct);
            await foreach (var exported in results.WithCancellation(ct))
            {
                await WriteLinesAsync(text, ExportLines.FieldsOf(exported), ct);
            }
        }
        else
        {
            var columns = (await ExportLines.TablesOfAsync(results, ct)).SelectMany(static table => table.Columns).Distinct(StringComparer.Ordinal).ToList();
            await WriteLineAsync(text, [.. ExportLines.RowColumns, .. columns.Select(static column => ExportLines.RowColumns.Contains(column) ? "cell_" + column : column)], ct);
            await foreach (var exported in results.WithCancellation(ct))
            {
                await WriteLinesAsync(text, ExportLines.RowsOf(exported, table: null, columns), ct);
            }
        }
    }

    private static async Task WriteLinesAsync(StreamWriter text, IEnumerable<ExportCell[]> lines, CancellationToken ct)
    {
        foreach (var line in lines)
        {
            await WriteLineAsync(text, line.Select(static cell => cell.Text), ct);
        }
    }

    private static Task WriteLineAsync(StreamWriter text, IEnumerable<string> cells, CancellationToken ct) =>
        text.WriteLineAsync(string.Join(',', cells.Select(CsvCell.Of)).AsMemory(), ct);
}
