using System.Buffers.Binary;
using Idp.Domain.Documents;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>Reads sizes, resolutions and orientations out of image headers, without decoding a pixel. Pure: bytes in, facts out; never throws.</summary>
internal static class ImageHeaders
{
    private const double InchesPerMetre = 39.3700787;

    /// <summary>The pictures in a file, at least one; null when the header makes no sense.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="type">An image type.</param>
    /// <param name="maximumFrames">Counting stops one past this.</param>
    public static IReadOnlyList<ImageFrame>? Read(ReadOnlySpan<byte> bytes, FileType type, int maximumFrames)
    {
        if (type == FileType.Tiff)
        {
            var frames = TiffHeader.Read(bytes, maximumFrames);
            return frames.Count > 0 ? frames : null;
        }

        var frame = type switch
        {
            FileType.Png => ReadPng(bytes),
            FileType.Jpeg => JpegHeader.Read(bytes),
            FileType.Gif => bytes.Length >= 10 ? Of(Little16(bytes, 6), Little16(bytes, 8)) : null,
            FileType.Bmp => ReadBmp(bytes),
            FileType.Webp => ReadWebp(bytes),
            _ => null,
        };
        return frame is null ? null : [frame];
    }

    /// <summary>A frame, or null when a side is not positive or absurd.</summary>
    internal static ImageFrame? Of(long width, long height, double? dpi = null, int orientation = 1) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new ImageFrame((int)width, (int)height, dpi, orientation is >= 1 and <= 8 ? orientation : 1)
            : null;

    private static ImageFrame? ReadPng(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 33 || !bytes.Slice(12, 4).SequenceEqual("IHDR"u8))
        {
            return null;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
        double? dpi = null;
        var orientation = 1;
        for (long at = 33; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            var name = bytes.Slice((int)at + 4, 4);
            var body = bytes[((int)at + 8)..];
            body = body[..(int)Math.Min(length, body.Length)];
            if (name.SequenceEqual("pHYs"u8) && body is [_, _, _, _, _, _, _, _, 1, ..])
            {
                dpi = BinaryPrimitives.ReadUInt32BigEndian(body) / InchesPerMetre;
            }
            else if (name.SequenceEqual("eXIf"u8))
            {
                orientation = TiffHeader.OrientationOf(body);
            }
            else if (name.SequenceEqual("IDAT"u8))
            {
                break;
            }

            at += 12L + length;
        }

        return Of(width, height, dpi, orientation);
    }

    private static ImageFrame? ReadBmp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 26)
        {
            return null;
        }

        // The oldest headers have 16-bit sides; in the others a negative height means rows from the top.
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) == 12
            ? Of(Little16(bytes, 18), Little16(bytes, 20))
            : Of(
                BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]),
                Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])),
                bytes.Length >= 42 ? BinaryPrimitives.ReadInt32LittleEndian(bytes[38..]) / InchesPerMetre : null);
    }

    private static ImageFrame? ReadWebp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return null;
        }

        var chunk = bytes.Slice(12, 4);
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return Of(Little24(bytes, 24) + 1, Little24(bytes, 27) + 1, null, WebpOrientation(bytes));
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return Of((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8 "u8) ? Of(Little16(bytes, 26) & 0x3FFF, Little16(bytes, 28) & 0x3FFF) : null;
    }

    private static int WebpOrientation(ReadOnlySpan<byte> bytes)
    {
        for (long at = 12; at + 8 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)at + 4)..]);
            if (bytes.Slice((int)at, 4).SequenceEqual("EXIF"u8))
            {
                var body = bytes[((int)at + 8)..];
                return TiffHeader.OrientationOf(body.StartsWith("Exif\0\0"u8) ? body[6..] : body);
            }

            at += 8L + length + (length & 1);
        }

        return 1;
    }

    private static int Little16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static int Little24(ReadOnlySpan<byte> bytes, int at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
}
