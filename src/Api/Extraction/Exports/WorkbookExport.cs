using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Idp.Application.Extraction;

namespace Idp.Api.Extraction.Exports;

/// <summary>Writes results as a workbook, row by row, so that a large batch takes no more memory than a small one.</summary>
internal static class WorkbookExport
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes a sheet of fields and one for each table.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<ExportedResult> results, CancellationToken ct)
    {
        // A workbook's parts are written where the file allows it, not in order, so it is made on disk first.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = BufferBytes, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        await MakeAsync(file, results, ct);
        file.Position = 0;
        await file.CopyToAsync(stream, ct);
    }

    private static async Task MakeAsync(FileStream file, IAsyncEnumerable<ExportedResult> results, CancellationToken ct)
    {
        var tables = await ExportLines.TablesOfAsync(results, ct);
        using var document = SpreadsheetDocument.Create(file, DocumentFormat.OpenXml.SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Make();
        var names = new SheetNames();
        var sheets = new Sheets();
        using (var fields = new SheetWriter(workbook, sheets, names, "Fields", ExportLines.FieldColumns))
        {
            await foreach (var exported in results.WithCancellation(ct))
            {
                fields.Write(ExportLines.FieldsOf(exported));
            }
        }

        foreach (var table in tables)
        {
            using var rows = new SheetWriter(workbook, sheets, names, table.Name, [.. ExportLines.RowColumns, .. table.Columns]);
            await foreach (var exported in results.WithCancellation(ct))
            {
                rows.Write(ExportLines.RowsOf(exported, table.Name, table.Columns));
            }
        }

        workbook.Workbook = new Workbook(sheets);
    }
}
