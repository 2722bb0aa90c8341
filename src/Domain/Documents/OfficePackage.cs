using System.Buffers.Binary;

namespace Idp.Domain.Documents;

/// <summary>Marks of office files, which are archives: zipped parts, or the older container that also holds protected ones.</summary>
public static class OfficePackage
{
    private const int NameLengthOffset = 26;
    private const int NameOffset = 30;

    /// <summary>The first bytes of the container of older office files and of protected ones.</summary>
    public static ReadOnlySpan<byte> ContainerMark => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>How a container that is a protected office file names its content: "EncryptedPackage" in UTF-16.</summary>
    public static ReadOnlySpan<byte> ProtectedMark =>
        "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    /// <summary>The type of an archive by the names of its parts, as far as the first bytes show them; null for any other archive.</summary>
    /// <param name="head">The first bytes, which begin with an entry.</param>
    public static FileType? TypeOf(ReadOnlySpan<byte> head)
    {
        FileType? type = null;
        var isPackage = false;
        for (var rest = head; rest.IndexOf("PK\x03\x04"u8) is var at and >= 0; rest = rest[1..])
        {
            rest = rest[at..];
            var name = NameIn(rest);
            isPackage |= name.StartsWith("[Content_Types].xml"u8) || name.StartsWith("_rels/"u8) || name.StartsWith("docProps/"u8);
            type ??= name.StartsWith("word/"u8) ? FileType.Docx
                : name.StartsWith("ppt/"u8) ? FileType.Pptx
                : name.StartsWith("xl/"u8) ? FileType.Xlsx
                : null;
            isPackage |= name.SequenceEqual("word/document.xml"u8) || name.SequenceEqual("ppt/presentation.xml"u8) || name.SequenceEqual("xl/workbook.xml"u8);
            if (type is not null && isPackage)
            {
                return type;
            }
        }

        // An archive of somebody's folder named "word" is no document.
        return null;
    }

    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < NameOffset)
        {
            return [];
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[NameLengthOffset..]);
        return entry.Slice(NameOffset, Math.Min(length, entry.Length - NameOffset));
    }
}
