using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Pictures as PDF holds them: what JPEG and PNG files hold is taken over as it is.</summary>
internal static class PdfPicture
{
    private const int PngHeader = 8;
    private const int ChunkFrame = 12;
    private const int ColorTypeAt = 25;
    private const byte PngGray = 0;
    private const byte PngColor = 2;

    /// <summary>True for a PNG file that needs no palette and no transparency.</summary>
    public static bool IsPlainPng(ReadOnlySpan<byte> file) => file.Length > ColorTypeAt && IsPng(file) && file[ColorTypeAt] is PngGray or PngColor && file[ColorTypeAt - 1] == 8;

    /// <summary>True for a JPEG file in gray or three colours.</summary>
    public static bool IsPlainJpeg(ReadOnlySpan<byte> file) => ComponentsOf(file) is 1 or 3;

    /// <summary>The object for a picture.</summary>
    public static byte[] ObjectOf(FlowPicture picture)
    {
        var file = picture.File.Span;
        var colors = IsPng(file) ? file[ColorTypeAt] == PngColor ? 3 : 1 : ComponentsOf(file);
        var data = IsPng(file) ? PixelsOf(file) : file.ToArray();
        var filter = IsPng(file)
            ? string.Create(CultureInfo.InvariantCulture, $"/FlateDecode /DecodeParms << /Predictor 15 /Colors {colors} /BitsPerComponent 8 /Columns {picture.Width} >>")
            : "/DCTDecode";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /XObject /Subtype /Image /Width {picture.Width} /Height {picture.Height} /ColorSpace /{(colors == 3 ? "DeviceRGB" : "DeviceGray")} /BitsPerComponent 8 /Filter {filter} /Length {data.Length} >>\nstream\n");
        return [.. Encoding.ASCII.GetBytes(head), .. data, .. "\nendstream"u8];
    }

    private static bool IsPng(ReadOnlySpan<byte> file) => file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    private static byte[] PixelsOf(ReadOnlySpan<byte> file)
    {
        using var pixels = new MemoryStream(file.Length);
        for (var at = PngHeader; at + ChunkFrame <= file.Length;)
        {
            var length = Math.Min(BinaryPrimitives.ReadInt32BigEndian(file[at..]) & int.MaxValue, file.Length - at - ChunkFrame);
            if (file.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                pixels.Write(file.Slice(at + 8, length));
            }

            at += length + ChunkFrame;
        }

        return pixels.ToArray();
    }

    /// <summary>Colours of a JPEG file with 8 bits each; 0 where its header makes no sense.</summary>
    private static int ComponentsOf(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 10 <= file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xC2)
            {
                return file[at + 4] == 8 ? file[at + 9] : 0;
            }

            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return 0;
    }
}
