using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Documents.Images;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads pictures that stand in files without pages; lives only in worker processes.</summary>
internal static class PictureReader
{
    /// <summary>Smaller ones are bullets, icons and logos, whose recognition would only add noise.</summary>
    private const int ShortestLongSide = 300;
    private const int ShortestShortSide = 60;

    /// <summary>What all pictures of a file may take as they are laid out, in bytes; those beyond are not read. A worker holds them several times.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>A page of A4 at 600 dots per inch, and a little more.</summary>
    private const long MostPixels = 40_000_000;

    /// <summary>The picture, or the first of several; null for one that is too small or too large, damaged, or of another kind.</summary>
    public static FlowPicture? Read(byte[] bytes)
    {
        if (FileTypeDetector.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, FileTypeDetector.HeadLength))) is not { } type || type == FileType.Pdf || type.IsFlow()
            || ImageHeaders.Read(bytes, type, 1) is not [var frame, ..]
            || frame.Pixels > MostPixels || Math.Max(frame.Width, frame.Height) < ShortestLongSide || Math.Min(frame.Width, frame.Height) < ShortestShortSide)
        {
            return null;
        }

        if (type == FileType.Jpeg && frame.Orientation == 1 && PdfPicture.IsPlainJpeg(bytes))
        {
            return new FlowPicture(frame.Width, frame.Height, bytes);
        }

        using var stored = Picture.Decode(bytes);
        if (stored is null || (long)stored.Width * stored.Height > MostPixels)
        {
            return null;
        }

        using var upright = stored.Upright(frame.Orientation);
        var png = upright.ToPng();
        return PdfPicture.IsPlainPng(png) ? new FlowPicture(upright.Width, upright.Height, png) : null;
    }
}
