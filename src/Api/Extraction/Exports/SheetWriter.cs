using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>Writes one sheet row by row, and goes on in another when it is full.</summary>
internal sealed class SheetWriter : IDisposable
{
    /// <summary>The rows that a sheet may have.</summary>
    private const int MostRows = 1_048_576;

    /// <summary>The characters that a cell may have.</summary>
    private const int LongestText = 32_767;

    /// <summary>Digits that a spreadsheet's numbers keep; a longer amount stays text.</summary>
    private const int MostDigits = 15;

    private const double ColumnWidth = 18;

    /// <summary>Before it spreadsheets count one day wrong; earlier days stay text.</summary>
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    private readonly WorkbookPart _workbook;
    private readonly Sheets _sheets;
    private readonly SheetNames _names;
    private readonly string _name;
    private readonly IReadOnlyList<string> _columns;
    private OpenXmlWriter _writer;
    private int _rows;

    public SheetWriter(WorkbookPart workbook, Sheets sheets, SheetNames names, string name, IReadOnlyList<string> columns)
    {
        (_workbook, _sheets, _names, _name, _columns) = (workbook, sheets, names, name, columns);
        _writer = Begin();
    }

    /// <summary>Writes rows below those that are there.</summary>
    public void Write(IEnumerable<ExportCell[]> lines)
    {
        foreach (var line in lines)
        {
            if (_rows == MostRows)
            {
                End();
                _writer = Begin();
            }

            WriteRow(line.Select(CellOf));
        }
    }

    /// <inheritdoc />
    public void Dispose() => End();

    private OpenXmlWriter Begin()
    {
        var part = _workbook.AddNewPart<WorksheetPart>();
        _sheets.AppendChild(new Sheet { Id = _workbook.GetIdOfPart(part), SheetId = (uint)_sheets.ChildElements.Count + 1, Name = _names.Give(_name) });
        _writer = OpenXmlWriter.Create(part);
        _rows = 0;
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        }) { WorkbookViewId = 0 }));
        _writer.WriteElement(new Columns(new Column { Min = 1, Max = (uint)_columns.Count, Width = ColumnWidth, CustomWidth = true }));
        _writer.WriteStartElement(new SheetData());
        WriteRow(_columns.Select(static column => TextCell(column, WorkbookStyles.Heading)));
        return _writer;
    }

    private void End()
    {
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.Dispose();
    }

    private void WriteRow(IEnumerable<Cell> cells)
    {
        _rows++;
        _writer.WriteStartElement(new Row { RowIndex = (uint)_rows });
        foreach (var cell in cells)
        {
            _writer.WriteElement(cell);
        }

        _writer.WriteEndElement();
    }

    private static Cell CellOf(ExportCell cell) => cell.Type switch
    {
        _ when cell.Text.Length == 0 => new Cell(),
        FieldType.Date when DateOnly.TryParseExact(cell.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDay =>
            NumberCell(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture), WorkbookStyles.Day),
        FieldType.Money when IsNumber(cell.Text) => NumberCell(cell.Text, WorkbookStyles.Amount),
        FieldType.Percent when IsNumber(cell.Text) => NumberCell(cell.Text, WorkbookStyles.Plain),
        _ => TextCell(cell.Text, WorkbookStyles.Plain),
    };

    private static bool IsNumber(string text) =>
        text.Count(char.IsAsciiDigit) <= MostDigits
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);

    private static Cell NumberCell(string number, uint style) => new() { StyleIndex = style, DataType = CellValues.Number, CellValue = new CellValue(number) };

    /// <summary>Text is kept in the cell itself and is never looked at as a formula.</summary>
    private static Cell TextCell(string text, uint style) => new()
    {
        StyleIndex = style, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    /// <summary>Leaves out what XML cannot hold.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var rune in text.EnumerateRunes())
        {
            var isAllowed = !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
            if (clean.Length + rune.Utf16SequenceLength > LongestText)
            {
                break;
            }

            if (isAllowed)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}
