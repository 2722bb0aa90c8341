using System.Globalization;
using System.Xml.Linq;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Reads workbooks of Office Open XML: each sheet that is shown is a heading and its cells, as they show their values. Formulas count by the value that was stored with them.</summary>
internal static class WorkbookReader
{
    private const int MostColumns = 16_384;

    /// <summary>The workbook as blocks.</summary>
    /// <exception cref="InvalidDataException">It has no sheets.</exception>
    public static IEnumerable<FlowBlock> Read(OfficeParts parts)
    {
        var main = parts.MainPart("xl/workbook.xml");
        var workbook = parts.Read(main) ?? throw new InvalidDataException("it has no workbook.");
        var references = parts.ReferencesOf(main);
        var values = new CellValues(PartOf("sharedStrings"), PartOf("styles"), workbook.Child("workbookPr").Value("date1904") is "1" or "true");
        var isFirst = true;
        foreach (var sheet in workbook.Child("sheets").Children("sheet"))
        {
            var id = sheet.Attributes().FirstOrDefault(static attribute => attribute.Name.LocalName == "id")?.Value;
            if (sheet.Value("state") is "hidden" or "veryHidden" || id is null || !references.TryGetValue(id, out var reference) || reference.Type != "worksheet")
            {
                continue;
            }

            if (!isFirst)
            {
                yield return new FlowPageBreak();
            }

            isFirst = false;
            yield return new FlowHeading(2, sheet.Value("name") ?? string.Empty);
            foreach (var block in Tables(parts.Read(reference.Part), values).Concat(Pictures(parts, reference.Part)))
            {
                yield return block;
            }
        }

        XElement? PartOf(string type) => parts.Read(references.Values.FirstOrDefault(reference => reference.Type == type)?.Part);
    }

    private static IEnumerable<FlowBlock> Pictures(OfficeParts parts, string sheet) =>
        parts.ReferencesOf(sheet).Values.Where(static reference => reference.Type == "drawing").SelectMany(reference => parts.PicturesOf(reference.Part));

    /// <summary>The rows with something in them; an empty one ends a table. Columns keep their places within a sheet.</summary>
    private static IEnumerable<FlowBlock> Tables(XElement? sheet, CellValues values)
    {
        var hidden = HiddenColumns(sheet);
        var rows = new List<ValueList<string>>();
        var lastNumber = 0;
        foreach (var row in sheet.Child("sheetData").Children("row"))
        {
            var number = row.Number("r") ?? lastNumber + 1;
            var cells = row.Value("hidden") is "1" or "true" ? [] : Cells(row, values, hidden);
            if ((number > lastNumber + 1 || cells.Length == 0) && rows.Count > 0)
            {
                yield return TableOf(rows);
                rows = [];
            }

            lastNumber = number;
            if (cells.Length > 0)
            {
                rows.Add(cells.ToValueList());
            }
        }

        if (rows.Count > 0)
        {
            yield return TableOf(rows);
        }
    }

    private static FlowTable TableOf(List<ValueList<string>> rows)
    {
        var isHeader = rows.Count > 1 && rows[0].All(static cell => !cell.Any(char.IsAsciiDigit)) && rows[0].Count(static cell => cell.Length > 0) > 1;
        return new FlowTable(rows.ToValueList(), isHeader ? 1 : 0);
    }

    private static string[] Cells(XElement row, CellValues values, HashSet<int> hidden)
    {
        var cells = new SortedDictionary<int, string>();
        var next = 0;
        foreach (var cell in row.Children("c"))
        {
            next = ColumnOf(cell.Value("r")) ?? next;
            if (!hidden.Contains(next) && next < MostColumns && values.Print(cell) is { Length: > 0 } text)
            {
                cells[next] = text;
            }

            next++;
        }

        return cells.Count == 0 ? [] : [.. Enumerable.Range(0, cells.Keys.Last() + 1).Select(column => cells.GetValueOrDefault(column, string.Empty))];
    }

    private static HashSet<int> HiddenColumns(XElement? sheet) => sheet.Child("cols").Children("col")
        .Where(static column => column.Value("hidden") is "1" or "true")
        .SelectMany(static column => Enumerable.Range(
            Math.Clamp(column.Number("min") ?? 1, 1, MostColumns) - 1,
            Math.Max(0, Math.Clamp(column.Number("max") ?? 1, 1, MostColumns) - Math.Clamp(column.Number("min") ?? 1, 1, MostColumns) + 1)))
        .ToHashSet();

    /// <summary>"BC12" is column 54, counted from 0.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? string.Empty).TakeWhile(char.IsAsciiLetter).Take(3))
        {
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }

    /// <summary>What cells show.</summary>
    private sealed class CellValues(XElement? sharedStrings, XElement? styles, bool is1904)
    {
        private readonly List<string> _shared = [.. sharedStrings.Children("si").Select(TextOf)];
        private readonly List<int> _formatOfStyle = [.. styles.Child("cellXfs").Children("xf").Select(static style => style.Number("numFmtId") ?? 0)];
        private readonly Dictionary<int, string> _codes = styles.Child("numFmts").Children("numFmt")
            .Where(static format => format.Number("numFmtId") is not null)
            .GroupBy(static format => format.Number("numFmtId")!.Value)
            .ToDictionary(static group => group.Key, static group => group.First().Value("formatCode") ?? string.Empty);

        public string Print(XElement cell)
        {
            var value = cell.Child("v")?.Value ?? string.Empty;
            return cell.Value("t") switch
            {
                "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count ? _shared[index] : string.Empty,
                "inlineStr" => TextOf(cell.Child("is")),
                "b" => value is "1" or "true" ? "TRUE" : "FALSE",
                "str" or "e" => value,
                "d" => value,
                _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? NumberFormat.Print(number, CodeOf(cell.Number("s") ?? 0), is1904)
                    : value,
            };
        }

        private string? CodeOf(int style)
        {
            var format = style >= 0 && style < _formatOfStyle.Count ? _formatOfStyle[style] : 0;
            return _codes.TryGetValue(format, out var code) ? code : NumberFormat.BuiltInCode(format);
        }

        /// <summary>Text with its runs; readings in small letters beside it are left out.</summary>
        private static string TextOf(XElement? text) =>
            string.Concat(text.Within("t").Where(static part => !part.Ancestors().Any(static ancestor => ancestor.Name.LocalName == "rPh")).Select(static part => part.Value));
    }
}
