using System.Buffers;
using System.Globalization;
using System.Text;
using Idp.Application.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>Writes results as RFC 4180 text that no spreadsheet takes for formulas.</summary>
internal static class CsvExport
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n\t;");

    /// <summary>With these a spreadsheet begins a formula; the wide forms are taken for the narrow ones by some.</summary>
    private static readonly SearchValues<char> BeginFormula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

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

    /// <summary>One cell as it stands in the file.</summary>
    public static string Cell(string text)
    {
        var safe = IsPlainNumber(text) || !LooksLikeFormula(text) ? text : "'" + text;
        return safe.AsSpan().ContainsAny(NeedQuotes) || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>White space and unseen characters before a formula are skipped by some spreadsheets.</summary>
    private static bool LooksLikeFormula(string text)
    {
        foreach (var character in text)
        {
            if (BeginFormula.Contains(character))
            {
                return true;
            }

            if (!char.IsWhiteSpace(character) && !char.IsControl(character) && char.GetUnicodeCategory(character) is not UnicodeCategory.Format)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsPlainNumber(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        var point = digits.IndexOf('.');
        return digits.Length > 0
            && !(point < 0 ? digits : digits[..point]).ContainsAnyExceptInRange('0', '9')
            && point != 0
            && (point < 0 || (point < digits.Length - 1 && !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9')));
    }

    private static async Task WriteLinesAsync(StreamWriter text, IEnumerable<ExportCell[]> lines, CancellationToken ct)
    {
        foreach (var line in lines)
        {
            await WriteLineAsync(text, line.Select(static cell => cell.Text), ct);
        }
    }

    private static Task WriteLineAsync(StreamWriter text, IEnumerable<string> cells, CancellationToken ct) =>
        text.WriteLineAsync(string.Join(',', cells.Select(Cell)).AsMemory(), ct);
}
