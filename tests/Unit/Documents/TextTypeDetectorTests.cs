using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;

namespace Idp.Unit.Documents;

public sealed class TextTypeDetectorTests
{
    private const string Mail = "Received: from a.example\r\nFrom: a@b.example\r\nTo: c@d.example\r\nSubject: Hello\r\n\r\nText";

    [Theory]
    [InlineData("Dear Sir or Madam", "", FileType.Text)]
    [InlineData("Dear Sir or Madam", "letter.unheard-of", FileType.Text)]
    [InlineData("# Title", "notes.md", FileType.Markdown)]
    [InlineData("one", "list.CSV", FileType.Csv)]
    [InlineData("a;b;c\n1;2;3\n4;5;6\n", "", FileType.Csv)]
    [InlineData("a,\"b,b\",c\n1,2,3\n4,5,6\n", "", FileType.Csv)]
    [InlineData("a, b and c, here\nand, well, there, too\nno more\n", "", FileType.Text)]
    [InlineData("<p>no mark of a page", "page.html", FileType.Html)]
    [InlineData("  <!DOCTYPE html><p>", "whatever.xlsx", FileType.Html)]
    [InlineData("<!-- made by hand --><html lang=en>", "", FileType.Html)]
    [InlineData("<htmlish>", "", FileType.Text)]
    [InlineData(Mail, "", FileType.Mail)]
    [InlineData(Mail, "mail.txt", FileType.Text)]
    [InlineData("From: here\nTo: there, by train", "", FileType.Text)]
    [InlineData("no header at all", "broken.eml", FileType.Mail)]
    public void Kinds_of_text_are_told_by_content_and_else_by_name(string text, string name, FileType expected) =>
        TextTypeDetector.Detect(Encoding.UTF8.GetBytes(text), name).ShouldBe(expected);

    [Theory]
    [InlineData("words instead of a picture", "scan.png")]
    [InlineData("words instead of a document", "packet.PDF")]
    [InlineData("bytes with a \0 are no text", "")]
    [InlineData("MZ\u0003\u0001", "")]
    [InlineData("{\\rtf1\\ansi text in another language", "")]
    public void What_is_no_text_or_goes_by_another_name_is_none(string content, string name) =>
        TextTypeDetector.Detect(Encoding.Latin1.GetBytes(content), name).ShouldBeNull();

    [Fact]
    public void Text_may_be_in_any_common_encoding()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
        {
            TextTypeDetector.Detect([.. encoding.GetPreamble(), .. encoding.GetBytes("Größe ± 5 €")], string.Empty).ShouldBe(FileType.Text);
        }

        TextTypeDetector.Detect(Encoding.Latin1.GetBytes("Größe"), string.Empty).ShouldBe(FileType.Text);
    }

    [Theory]
    [InlineData("word/document.xml", FileType.Docx)]
    [InlineData("ppt/slides/slide1.xml", FileType.Pptx)]
    [InlineData("xl/workbook.xml", FileType.Xlsx)]
    public void Office_files_are_told_by_the_names_of_their_parts(string part, FileType expected) =>
        FileTypeDetector.Detect(Pack("[Content_Types].xml", part)).ShouldBe(expected);

    [Fact]
    public void An_archive_of_a_folder_that_is_called_like_a_part_is_no_office_file() =>
        FileTypeDetector.Detect(Pack("word/report.pdf", "word/other.pdf")).ShouldBeNull();

    [Fact]
    public void Any_bytes_are_looked_at_without_an_exception() => Prop.ForAll<byte[], string>((bytes, name) =>
        TextTypeDetector.Detect(bytes, name ?? string.Empty) is null || !bytes.Contains((byte)0) || bytes is [0xFF or 0xFE, ..]).QuickCheckThrowOnFailure();

    private static byte[] Pack(params string[] names)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write("<x/>"u8);
            }
        }

        return file.ToArray();
    }
}
