using System.Buffers.Binary;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>Reads a JPEG's markers up to the frame header.</summary>
internal static class JpegHeader
{
    private const double InchesPerCentimetre = 2.54;

    /// <summary>The picture, or null when there is no frame header.</summary>
    public static ImageFrame? Read(ReadOnlySpan<byte> bytes)
    {
        double? dpi = null;
        var orientation = 1;
        var at = 2;
        while (at + 4 <= bytes.Length)
        {
            if (bytes[at] != 0xFF || bytes[at + 1] is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                // Fill bytes, or markers without a length.
                at += bytes[at] == 0xFF && bytes[at + 1] != 0xFF ? 2 : 1;
                continue;
            }

            var marker = bytes[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is 0xDA or 0xD9 || length < 2)
            {
                return null;
            }

            var body = bytes[(at + 4)..];
            body = body[..Math.Min(length - 2, body.Length)];
            if (IsFrameHeader(marker))
            {
                return body.Length < 5
                    ? null
                    : ImageHeaders.Of(
                        BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]), dpi, orientation);
            }

            if (marker == 0xE0 && body.Length >= 12 && body.StartsWith("JFIF\0"u8))
            {
                var density = BinaryPrimitives.ReadUInt16BigEndian(body[8..]);
                dpi = body[7] switch { 1 => density, 2 => density * InchesPerCentimetre, _ => null };
            }
            else if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8))
            {
                orientation = TiffHeader.OrientationOf(body[6..]);
            }

            at += 2 + length;
        }

        return null;
    }

    private static bool IsFrameHeader(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
