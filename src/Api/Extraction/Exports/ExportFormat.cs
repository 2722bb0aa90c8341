namespace Idp.Api.Extraction.Exports;

/// <summary>What kind of file a result is written to.</summary>
/// <param name="Extension">The file name's end, without the dot.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Summary">What is in it, for the description of the interface.</param>
internal sealed record ExportFormat(string Extension, string ContentType, string Summary)
{
    /// <summary>One line a field, or with <c>part=tables</c> one a table row.</summary>
    public static readonly ExportFormat Csv = new(
        "csv", "text/csv; charset=utf-8", "One line a field; with `part=tables` one a table row; with `bom=true` marked as UTF-8 for older spreadsheets. No cell is a formula.");

    /// <summary>A workbook.</summary>
    public static readonly ExportFormat Workbook = new(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "A workbook: a sheet of fields and one for each table; amounts are numbers, days are dates.");

    /// <summary>Text for people.</summary>
    public static readonly ExportFormat Markdown = new("md", "text/markdown; charset=utf-8", "Fields and tables of each account as text.");

    /// <summary>As the API answers.</summary>
    public static readonly ExportFormat Json = new("json", "application/json", "The result as the API answers it.");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ExportFormat> All = [Csv, Workbook, Markdown, Json];
}

/// <summary>Which part of a result is written, where a file has room for one kind of line only.</summary>
internal enum ExportPart
{
    /// <summary>One line a field.</summary>
    Fields,

    /// <summary>One line a table row.</summary>
    Tables,
}

/// <summary>How a file is wished.</summary>
/// <param name="Part">What is in it.</param>
/// <param name="HasByteOrderMark">True to begin a CSV with the mark that older spreadsheets need to see that it is UTF-8.</param>
internal sealed record ExportWish(ExportPart Part, bool HasByteOrderMark);
