using DocumentFormat.OpenXml.Spreadsheet;

namespace Idp.Api.Extraction.Exports;

/// <summary>How cells of a workbook look.</summary>
internal static class WorkbookStyles
{
    /// <summary>Text and plain numbers.</summary>
    public const uint Plain = 0;

    /// <summary>The first row.</summary>
    public const uint Heading = 1;

    /// <summary>A day: 2011-06-30.</summary>
    public const uint Day = 2;

    /// <summary>An amount: 1,234.50.</summary>
    public const uint Amount = 3;

    private const uint DayFormat = 164;

    /// <summary>The numeric format that every spreadsheet knows as #,##0.00.</summary>
    private const uint AmountFormat = 4;

    /// <summary>The style sheet; the constants above are places in its list of cell formats.</summary>
    public static Stylesheet Make() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = DayFormat, FormatCode = "yyyy\\-mm\\-dd" }) { Count = 1 },
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })) { Count = 2 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(Format(0, 0), Format(0, 1), Format(DayFormat, 0), Format(AmountFormat, 0)) { Count = 4 });

    private static CellFormat Format(uint number, uint font) => new()
    {
        NumberFormatId = number, FontId = font, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = number > 0, ApplyFont = font > 0,
    };
}
