using System.Globalization;
using System.Xml;
using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Documents.Flow.Office;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads files that say text and leave open where it stands; lives only in worker processes.</summary>
internal static class FlowReader
{
    /// <summary>The file as blocks.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="type">What it is.</param>
    /// <param name="depth">Mails around it.</param>
    public static IEnumerable<FlowBlock> Read(byte[] bytes, FileType type, int depth = 0) => type switch
    {
        FileType.Text => PlainTextReader.Read(bytes),
        FileType.Markdown => MarkdownReader.Read(bytes),
        FileType.Csv => SeparatedValuesReader.Read(bytes),
        FileType.Html => HtmlReader.Read(bytes),
        FileType.Mail => MailReader.Read(bytes, depth),
        FileType.Docx or FileType.Pptx or FileType.Xlsx => ReadOffice(bytes, parts => ReadParts(parts, type).Concat(Unread(parts))),
        FileType.Pdf or FileType.Png or FileType.Jpeg or FileType.Tiff or FileType.Webp or FileType.Bmp or FileType.Gif =>
            throw new ArgumentOutOfRangeException(nameof(type), type, "Has pages of its own."),
    };

    /// <summary>An office file as blocks, with nothing but what it would say in print as well: names of sheets are not printed.</summary>
    public static IReadOnlyList<FlowBlock> ReadPrinted(byte[] bytes, FileType type) =>
        ReadOffice(bytes, parts => ReadParts(parts, type).Where(block => type != FileType.Xlsx || block is not FlowHeading));

    /// <summary>True for what readers throw when a file is not what it says.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is FlowRefusedException or InvalidDataException or EndOfStreamException or XmlException or FormatException or ArgumentException or NotSupportedException or OverflowException;

    private static List<FlowBlock> ReadOffice(byte[] bytes, Func<OfficeParts, IEnumerable<FlowBlock>> read)
    {
        using var file = new MemoryStream(bytes);
        using var parts = new OfficeParts(file);
        return [.. read(parts)];
    }

    private static IEnumerable<FlowBlock> ReadParts(OfficeParts parts, FileType type) =>
        type == FileType.Docx ? WordReader.Read(parts) : type == FileType.Pptx ? SlidesReader.Read(parts) : WorkbookReader.Read(parts);

    /// <summary>What nobody should believe to have been read.</summary>
    private static IEnumerable<FlowBlock> Unread(OfficeParts parts)
    {
        if (parts.UnreadPictureCount is var pictures and > 0)
        {
            yield return new FlowParagraph(string.Create(CultureInfo.InvariantCulture, $"[Pictures in this file, which are not read: {pictures}]"));
        }

        if (parts.HasMacros)
        {
            yield return new FlowParagraph("[Macros in this file are not run]");
        }
    }
}
