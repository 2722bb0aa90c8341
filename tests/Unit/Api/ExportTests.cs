using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Idp.Api.Extraction.Exports;
using Idp.Api.Kernel.Http;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;

namespace Idp.Unit.Api;

public sealed class ExportTests
{
    private const string Formula = "=HYPERLINK(\"http://x.example\",\"y\")";

    private static readonly ExtractionSchema Schema = new(
        "loan", DocumentKind.Loan, true, [],
        [new TableDefinition("transactions", [new("date", FieldType.Date, []), new("amount", FieldType.Money, []), new("text", FieldType.Text, [])])]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1 802", "'+1 802")]
    [InlineData("-45.10", "-45.10")]
    [InlineData("-45.10+A1", "'-45.10+A1")]
    [InlineData("-1e5", "'-1e5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("Main St, Troy", "\"Main St, Troy\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_cell_of_csv_is_no_formula(string text, string cell) => CsvCell.Of(text).ShouldBe(cell);

    [Fact]
    public void A_cell_with_line_breaks_is_quoted_and_stays_one_cell() => CsvCell.Of("\r\n=1").ShouldBe("\"'\r\n=1\"");

    [Theory]
    [InlineData("packet.pdf", "packet")]
    [InlineData("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\Größe.pdf", "Größe")]
    [InlineData("\u202Efdp.exe.pdf", "fdp.exe")]
    [InlineData("...", "doc")]
    [InlineData("\"quoted\".pdf", "quoted")]
    public void A_file_name_is_safe(string uploaded, string stem) => ExportFileName.StemOf(uploaded, "doc").ShouldBe(stem);

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<script>", "&lt;script&gt;")]
    [InlineData("![x](http://y)", "\\!\\[x\\](http://y)")]
    [InlineData("one\r\n# two", "one  \\# two")]
    public void Nothing_in_a_document_becomes_mark_up(string text, string escaped) => MarkdownExport.Escape(text).ShouldBe(escaped);

    [Fact]
    public async Task A_workbook_is_valid_with_numbers_dates_and_text_that_is_never_a_formula()
    {
        using var stream = new MemoryStream();
        await WorkbookExport.WriteAsync(stream, Documents(Exported()), Ct);

        using var workbook = SpreadsheetDocument.Open(stream, isEditable: false);
        new OpenXmlValidator().Validate(workbook, Ct).Select(fault => $"{fault.Path?.XPath}: {fault.Description}").ShouldBeEmpty();
        workbook.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value).ShouldBe(["Fields", "transactions"]);
        var cells = workbook.WorkbookPart.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).ToList();
        cells.ShouldAllBe(cell => cell.CellFormula == null);
        cells.Select(cell => cell.InnerText).ShouldContain(Formula);
        cells.Single(cell => cell.StyleIndex?.Value == WorkbookStyles.Day).CellValue!.Text.ShouldBe("40724");
        cells.Where(cell => cell.StyleIndex?.Value == WorkbookStyles.Amount).Select(cell => cell.CellValue!.Text).ShouldBe(["1234.50", "-45.10"]);
    }

    [Fact]
    public async Task Csv_has_one_line_a_field()
    {
        using var stream = new MemoryStream();
        await CsvExport.WriteAsync(stream, new ExportWish(ExportPart.Fields, HasByteOrderMark: false), Documents(Exported(), Exported()), Ct);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1 + (2 * 2));
        lines[0].ShouldStartWith("file,document_id,");
        lines[1].ShouldContain("\"'=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\"");
    }

    [Fact]
    public async Task Csv_of_tables_has_one_line_a_row()
    {
        using var stream = new MemoryStream();
        await CsvExport.WriteAsync(stream, new ExportWish(ExportPart.Tables, HasByteOrderMark: true), Documents(Exported()), Ct);

        var text = Encoding.UTF8.GetString(stream.ToArray());
        text.ShouldStartWith("\uFEFFfile,document_id,account_index,account_number,table,row,page,date,amount,text\r\n");
        text.ShouldEndWith(",transactions,1,2,2011-06-30,-45.10,'@A1\r\n");
    }

    [Fact]
    public void Sheets_have_names_that_a_workbook_allows()
    {
        var names = new Idp.Api.Extraction.Exports.SheetNames();

        names.Give("Fields").ShouldBe("Fields");
        names.Give("fields").ShouldBe("fields (2)");
        names.Give("a/b[c]:" + new string('x', 40)).Length.ShouldBe(31);
        names.Give("history").ShouldNotBe("history");
        names.Give(" ").ShouldBe("Sheet");
    }

    private static ExportedResult Exported() => new(
        new DocumentResult(SampleDocuments.Queued(new ManualTimeProvider()), default, new ExtractionResult([
            new AccountExtraction(0, "7009885", [2], [Field("address", FieldType.Address, Formula), Field("balance", FieldType.Money, "1234.50")], [
                new ExtractedTable("transactions", ["date", "amount", "text"], [
                    new TableRow(2, [new("date", "2011-06-30", "06/30/11"), new("amount", "-45.10", "45.10-"), new("text", "@A1", "@A1")], [])], 1, [])])])),
        Schema);

    private static ExtractedField Field(string name, FieldType type, string value) =>
        new(name, type, value, value + "\u0001", new Confidence(0.5), FieldStatus.Supported, [new Evidence(2, value, [])], []);

    private static async IAsyncEnumerable<ExportedResult> Documents(params ExportedResult[] results)
    {
        await Task.CompletedTask;
        foreach (var result in results)
        {
            yield return result;
        }
    }
}
