using System.Globalization;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Images;
using Idp.Infrastructure.Documents.Poppler;

namespace Idp.Infrastructure.Documents.ImageMagick;

/// <summary>Decodes the rare pictures that Leptonica cannot read, with ImageMagick as a tool under limits and our own strict policy.</summary>
/// <param name="tool">Runs it.</param>
/// <param name="maximumPixels">Most pixels of one picture.</param>
internal sealed class ImageConverter(Tool tool, long maximumPixels)
{
    private static readonly string[] Programs = ["/usr/bin/magick", "/usr/bin/convert-im6.q16", "/usr/bin/convert"];

    /// <summary>The program on this system; null when there is none.</summary>
    public static string? Program => Programs.FirstOrDefault(File.Exists);

    /// <summary>Decodes one picture of a file; null when it cannot be read, or ImageMagick is not installed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What it is; ImageMagick is not left to guess.</param>
    /// <param name="index">Which picture, from 0.</param>
    public Picture? Decode(string path, FileType type, int index)
    {
        if (Program is not { } program)
        {
            return null;
        }

        var source = string.Create(CultureInfo.InvariantCulture, $"{CoderOf(type)}:{path}[{index}]");
        var (bytes, _) = tool.Run(
            program,
            ["-limit", "thread", "1", "-limit", "disk", "0", source, "-colorspace", "sRGB", "-background", "white", "-alpha", "remove",
                "-depth", "8", "ppm:-"],
            ReadPicture,
            [("MAGICK_CONFIGURE_PATH", PolicyFolder)]);
        return bytes.Length > 0 ? Picture.Decode(bytes) : null;
    }

    private byte[] ReadPicture(Stream stream)
    {
        using var all = new MemoryStream();
        var chunk = new byte[1 << 16];
        int read;
        while (all.Length <= (maximumPixels * 3) + 64 && (read = stream.Read(chunk)) > 0)
        {
            all.Write(chunk, 0, read);
        }

        return all.ToArray();
    }

    private static string PolicyFolder => Path.Combine(AppContext.BaseDirectory, "imagemagick");

    private static string CoderOf(FileType type) => type switch
    {
        FileType.Png => "png",
        FileType.Jpeg => "jpeg",
        FileType.Tiff => "tiff",
        FileType.Webp => "webp",
        FileType.Bmp => "bmp",
        FileType.Gif => "gif",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a picture."),
    };
}
