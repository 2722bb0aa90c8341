namespace Idp.Domain.Documents;

/// <summary>The types of file that can be read.</summary>
public enum FileType
{
    /// <summary>Portable Document Format.</summary>
    Pdf,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>TIFF, with one page or many.</summary>
    Tiff,

    /// <summary>WebP.</summary>
    Webp,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>GIF; the first frame counts.</summary>
    Gif,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>Comma-separated values, or values separated by something else.</summary>
    Csv,

    /// <summary>A web page.</summary>
    Html,

    /// <summary>One e-mail, as RFC 5322 has it.</summary>
    Mail,

    /// <summary>A text document in Office Open XML.</summary>
    Docx,

    /// <summary>A presentation in Office Open XML.</summary>
    Pptx,

    /// <summary>A workbook in Office Open XML.</summary>
    Xlsx,
}

/// <summary>What types of file have in common.</summary>
public static class FileTypes
{
    /// <summary>True for types that say text and leave open where it stands: they are laid out on pages before they are read.</summary>
    public static bool IsFlow(this FileType type) => type >= FileType.Text;
}

/// <summary>Tells a file's type from its first bytes; names and declared types are not believed.</summary>
public static class FileTypeDetector
{
    /// <summary>How many first bytes <see cref="Detect(ReadOnlySpan{byte})"/> wants to see. Office files say what they are by the names of their parts.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>PDF readers accept a header anywhere in the first kibibyte.</summary>
    private const int PdfHeadLength = 1024;

    /// <summary>The type, or null when the bytes have no mark of a type that can be read; text has none, see <see cref="TextTypeDetector"/>.</summary>
    public static FileType? Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => FileType.Png,
        [0xFF, 0xD8, 0xFF, ..] => FileType.Jpeg,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => FileType.Tiff,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => FileType.Webp,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => FileType.Gif,
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => FileType.Bmp,
        [(byte)'P', (byte)'K', 3, 4, ..] => OfficePackage.TypeOf(head),
        _ when head[..Math.Min(head.Length, PdfHeadLength)].IndexOf("%PDF-"u8) >= 0 => FileType.Pdf,
        _ => null,
    };
}
