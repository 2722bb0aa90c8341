using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Documents.Flow;

namespace Idp.Unit.Documents.Flow;

public sealed class OfficeReaderTests
{
    private const string Styles = """<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="Mine"><w:basedOn w:val="H2"/></w:style>""";

    private const string Numbering = """
        <w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
        """;

    [Fact]
    public void Text_documents_have_headings_by_style_and_numbers_by_counting() =>
        Read(FileType.Docx, OfficeFiles.Word(
            OfficeFiles.Paragraph("Terms", "<w:pStyle w:val=\"Mine\"/>") + Item("first", 0) + Item("detail", 1) + Item("second", 0) + Item("detail", 1),
            ("styles", Styles), ("numbering", Numbering))).ShouldBe(
        [
            new FlowHeading(2, "Terms"), new FlowItem(0, "1.", "first"), new FlowItem(1, "1.a)", "detail"), new FlowItem(0, "2.", "second"), new FlowItem(1, "2.a)", "detail"),
        ]);

    [Fact]
    public void Text_documents_say_what_was_not_taken_back_and_can_be_seen()
    {
        const string body = """
            <w:p><w:r><w:t xml:space="preserve">Balance </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:tab/><w:noBreakHyphen/></w:r></w:p>
            """;

        Read(FileType.Docx, OfficeFiles.Word(body)).OfType<FlowParagraph>().ShouldHaveSingleItem().Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ShouldBe(["Balance", "new", "-"]);
    }

    [Fact]
    public void Headers_footers_and_footnotes_are_read_once_each()
    {
        var header = OfficeFiles.Paragraph("Northwind Bank");
        var file = OfficeFiles.Word(
            "<w:p><w:r><w:t>See</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
            ("header", header), ("header", header), ("footer", OfficeFiles.Paragraph("Confidential")), ("footnotes", $"<w:footnote w:id=\"2\">{OfficeFiles.Paragraph("the small print")}</w:footnote>"));

        Read(FileType.Docx, file).ShouldBe([new FlowParagraph("Northwind Bank"), new FlowParagraph("See[1]"), new FlowParagraph("[1] the small print"), new FlowParagraph("Confidential")]);
    }

    [Fact]
    public void Tables_of_text_documents_keep_merged_cells_in_place()
    {
        const string table = """
            <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Item</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>both</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            """;

        var read = Read(FileType.Docx, OfficeFiles.Word(table)).ShouldHaveSingleItem().ShouldBeOfType<FlowTable>();

        read.HeaderRows.ShouldBe(1);
        read.Rows.Select(static row => string.Join('|', row)).ShouldBe(["Item|Price", "both|", "|1\n2"]);
    }

    [Fact]
    public void Slides_are_pages_with_their_title_first_and_their_notes_below() =>
        Read(FileType.Pptx, OfficeFiles.Slides(OfficeFiles.Shape("body", "one", "two") + OfficeFiles.Shape("title", "Plan"), OfficeFiles.Shape("title", "End"))).ShouldBe(
        [
            new FlowHeading(1, "Plan"), new FlowItem(0, "•", "one"), new FlowItem(0, "•", "two"), new FlowHeading(4, "Notes"), new FlowParagraph("say it slowly"), new FlowPageBreak(), new FlowHeading(1, "End"),
        ]);

    [Fact]
    public void Cells_of_workbooks_show_text_dates_and_stored_results()
    {
        const string sheet = """
            <dimension ref="A1:XFD1048576"/>
            <sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>Sum</t></is></c></row>
            <row r="3"><c r="A3" s="1"><v>45292</v></c><c r="C3" s="2"><f>A1*2</f><v>1234.5</v></c></row>
            <row r="9"><c r="B9" t="b"><v>1</v></c></row><row r="10" hidden="1"><c r="A10"><v>77</v></c></row></sheetData>
            """;
        const string styles = """<numFmts><numFmt numFmtId="170" formatCode="#,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>""";

        var blocks = Read(FileType.Xlsx, OfficeFiles.Workbook(sheet, "<si><r><t>Da</t></r><r><t>te</t></r></si>", styles));

        blocks[0].ShouldBe(new FlowHeading(2, "Figures"));
        blocks.OfType<FlowTable>().Select(static table => string.Join('/', table.Rows.Select(static row => string.Join('|', row)))).ShouldBe(["Date||Sum/1/1/2024||1,234.50", "|TRUE"]);
    }

    [Fact]
    public void Pictures_and_macros_are_named_because_they_are_not_read() =>
        Read(FileType.Docx, OfficeFiles.Pack(("word/document.xml", "<d><body><p><r><t>See the scan</t></r></p></body></d>"), ("word/media/image1.png", "x"), ("word/vbaProject.bin", "x"))).ShouldBe(
            [new FlowParagraph("See the scan"), new FlowParagraph("[Pictures in this file, which are not read: 1]"), new FlowParagraph("[Macros in this file are not run]")]);

    [Fact]
    public void Entities_are_refused()
    {
        const string bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document xmlns:w=\"urn:w\"><w:body>&b;</w:body></w:document>";

        ErrorOf(FileType.Docx, OfficeFiles.Pack(("word/document.xml", bomb))).ShouldBe("document.damaged");
    }

    [Fact]
    public void What_unpacks_to_more_than_any_document_holds_is_refused()
    {
        var text = new string(' ', 33 * 1024 * 1024);
        var parts = Enumerable.Range(0, 4).Select(index => ($"word/part{index}.xml", "<x>" + text + "</x>"));
        const string references = """<Relationships><Relationship Id="a" Type="x/header" Target="part0.xml"/><Relationship Id="b" Type="x/header" Target="part1.xml"/><Relationship Id="c" Type="x/header" Target="part2.xml"/><Relationship Id="d" Type="x/header" Target="part3.xml"/></Relationships>""";

        ErrorOf(FileType.Docx, OfficeFiles.Pack([("word/document.xml", "<d><body/></d>"), ("word/_rels/document.xml.rels", references), .. parts])).ShouldBe("document.unpacks-too-large");
    }

    [Theory]
    [InlineData(FileType.Docx)]
    [InlineData(FileType.Pptx)]
    [InlineData(FileType.Xlsx)]
    public void A_package_without_its_main_part_is_damaged(FileType type)
    {
        ErrorOf(type, OfficeFiles.Pack(("other.xml", "<x/>"))).ShouldBe("document.damaged");
        ErrorOf(type, "PK\u0003\u0004 broken off"u8.ToArray()).ShouldBe("document.damaged");
    }

    private static string Item(string text, int level) => OfficeFiles.Paragraph(text, $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");

    private static List<FlowBlock> Read(FileType type, byte[] file) => [.. FlowReader.Read(file, type)];

    private static string ErrorOf(FileType type, byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            return new FlowLayout(10).ToPdf(path, type).Error.ShouldNotBeNull().Code;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
