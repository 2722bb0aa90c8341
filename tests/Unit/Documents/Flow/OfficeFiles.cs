using System.IO.Compression;
using System.Text;

namespace Idp.Unit.Documents.Flow;

/// <summary>Writes small office files out of their parts.</summary>
internal static class OfficeFiles
{
    private const string Names = "xmlns:w=\"urn:w\" xmlns:r=\"urn:r\" xmlns:a=\"urn:a\" xmlns:p=\"urn:p\" xmlns:mc=\"urn:mc\"";

    /// <summary>A package of parts by name; what stands between the tags of the root has all prefixes.</summary>
    public static byte[] Pack(params IEnumerable<(string Name, string Content)> parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts.Prepend(("[Content_Types].xml", "<Types/>")))
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    public static byte[] Word(string body, params IEnumerable<(string Type, string Content)> parts)
    {
        var others = parts.ToList();
        return Pack(
        [
            ("word/document.xml", $"<w:document {Names}><w:body>{body}</w:body></w:document>"),
            ("word/_rels/document.xml.rels", References(others.Select(static (part, index) => ($"r{index}", part.Type, $"part{index}.xml")))),
            .. others.Select(static (part, index) => ($"word/part{index}.xml", $"<w:root {Names}>{part.Content}</w:root>")),
        ]);
    }

    public static byte[] Slides(params string[] trees) => Pack(
    [
        ("ppt/presentation.xml", $"<p:presentation {Names}><p:sldIdLst>{string.Concat(trees.Select(static (_, index) => $"<p:sldId id=\"{256 + index}\" r:id=\"s{index}\"/>"))}</p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels", References(trees.Select(static (_, index) => ($"s{index}", "slide", $"slides/slide{index}.xml")))),
        .. trees.Select(static (tree, index) => ($"ppt/slides/slide{index}.xml", $"<p:sld {Names}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>")),
        ("ppt/slides/_rels/slide0.xml.rels", References([("n", "notesSlide", "../notesSlides/notes0.xml")])),
        ("ppt/notesSlides/notes0.xml", $"<p:notes {Names}><p:cSld><p:spTree>{Shape("body", "say it slowly")}</p:spTree></p:cSld></p:notes>"),
    ]);

    public static byte[] Workbook(string sheet, string strings = "", string styles = "", string sheets = "<sheet name=\"Figures\" r:id=\"r0\"/>") => Pack(
    [
        ("xl/workbook.xml", $"<workbook {Names}><sheets>{sheets}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", References([("r0", "worksheet", "/xl/worksheets/sheet1.xml"), ("r1", "sharedStrings", "sharedStrings.xml"), ("r2", "styles", "styles.xml")])),
        ("xl/worksheets/sheet1.xml", $"<worksheet>{sheet}</worksheet>"),
        ("xl/sharedStrings.xml", $"<sst>{strings}</sst>"),
        ("xl/styles.xml", $"<styleSheet>{styles}</styleSheet>"),
    ]);

    /// <summary>The same package with another content of one part.</summary>
    public static byte[] With(byte[] package, string name, byte[] content)
    {
        using var file = new MemoryStream();
        file.Write(package);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry(name)?.Delete();
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }

        return file.ToArray();
    }

    public static string Paragraph(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    public static string Shape(string placeholder, params string[] paragraphs) =>
        $"<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"{placeholder}\"/></p:nvPr></p:nvSpPr><p:txBody>{string.Concat(paragraphs.Select(static text => $"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"))}</p:txBody></p:sp>";

    private static string References(IEnumerable<(string Id, string Type, string Target)> references) =>
        $"<Relationships>{string.Concat(references.Select(static reference => $"<Relationship Id=\"{reference.Id}\" Type=\"urn:x/{reference.Type}\" Target=\"{reference.Target}\"/>"))}</Relationships>";
}
