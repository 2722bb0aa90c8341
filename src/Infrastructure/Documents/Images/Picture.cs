using Idp.Domain.Documents;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>A decoded picture, held by Leptonica; lives only in worker processes.</summary>
internal sealed class Picture : IDisposable
{
    private const uint White = 0xFFFFFF00;
    private const int ColormapToGrayOrColor = 4;
    private const int AlphaSamples = 4;

    private readonly PixHandle _pix;

    private Picture(PixHandle pix) => _pix = pix;

    public int Width => Leptonica.Width(_pix);

    public int Height => Leptonica.Height(_pix);

    /// <summary>Decodes one picture of a file and lays it on white where it is transparent; null when Leptonica cannot read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What it is.</param>
    /// <param name="index">Which picture, from 0; only TIFF has more than one.</param>
    public static Picture? Decode(string path, FileType type, int index) =>
        Of(type == FileType.Tiff ? Leptonica.ReadTiff(path, index) : Leptonica.Read(path));

    /// <summary>Decodes a picture in memory; null when Leptonica cannot read it.</summary>
    public static Picture? Decode(ReadOnlySpan<byte> bytes) => Of(Leptonica.ReadMemory(bytes, (nuint)bytes.Length));

    /// <summary>Turns and mirrors as EXIF asks.</summary>
    /// <param name="orientation">1 to 8.</param>
    public Picture Upright(int orientation)
    {
        var (mirror, quarters) = orientation switch
        {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        using var mirrored = mirror ? Then(Leptonica.Mirror(0, _pix)) : null;
        return (mirrored ?? this).Turn(quarters * 90);
    }

    /// <summary>The picture, turned clockwise.</summary>
    /// <param name="degrees">0, 90, 180 or 270.</param>
    public Picture Turn(int degrees) => Then(Leptonica.RotateQuarters(_pix, degrees / 90));

    /// <summary>The picture, larger or smaller.</summary>
    /// <param name="factor">1 for the same size.</param>
    public Picture Scale(double factor) => Then(Leptonica.Scale(_pix, (float)factor, (float)factor));

    /// <summary>The picture with slightly crisper edges, which enlarging has softened.</summary>
    public Picture Sharpen() => Then(Leptonica.Sharpen(_pix, 1, 0.5f));

    /// <summary>The picture in grey.</summary>
    public unsafe GrayImage ToGray()
    {
        using var gray = Then(Leptonica.ConvertTo8(_pix, 0));

        // Leptonica packs pixels into words from the high end; swapped, they stand in memory in their order.
        _ = Leptonica.SwapBytes(gray._pix);
        var (width, height, stride) = (gray.Width, gray.Height, Leptonica.WordsPerLine(gray._pix) * sizeof(uint));
        var pixels = GC.AllocateUninitializedArray<byte>(width * height);
        var data = (byte*)Leptonica.Data(gray._pix);
        for (var row = 0; row < height; row++)
        {
            new ReadOnlySpan<byte>(data + ((long)row * stride), width).CopyTo(pixels.AsSpan(row * width));
        }

        return new GrayImage(width, height, pixels);
    }

    /// <summary>The picture as a PNG file.</summary>
    public unsafe byte[] ToPng()
    {
        if (Leptonica.WriteMemory(out var data, out var length, _pix, Leptonica.FormatPng) != 0)
        {
            throw new InsufficientMemoryException("The picture could not be written as PNG.");
        }

        try
        {
            return new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
        }
        finally
        {
            Leptonica.Free(data);
        }
    }

    public void Dispose() => _pix.Dispose();

    private static Picture? Of(PixHandle read)
    {
        using (read)
        {
            if (read.IsInvalid)
            {
                return null;
            }

            using var full = Leptonica.RemoveColormap(read, ColormapToGrayOrColor);
            if (full.IsInvalid)
            {
                return null;
            }

            using var opaque = Leptonica.Depth(full) == 32 && Leptonica.SamplesPerPixel(full) == AlphaSamples
                ? Leptonica.BlendAlpha(full, White)
                : null;
            var plain = Leptonica.ConvertTo8Or32(opaque ?? full, 1, 0);
            return plain.IsInvalid ? null : new Picture(plain);
        }
    }

    // The steps fail only when there is no memory for the result.
    private static Picture Then(PixHandle pix) =>
        pix.IsInvalid ? throw new InsufficientMemoryException("There is no memory for the picture.") : new Picture(pix);
}
