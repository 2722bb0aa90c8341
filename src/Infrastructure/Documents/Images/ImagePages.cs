using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.ImageMagick;
using Idp.Infrastructure.Documents.Poppler;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>Reads image files inside a worker process; a file's pictures are its pages.</summary>
/// <param name="tool">Runs the converter for what Leptonica cannot read.</param>
/// <param name="maximumPixels">Most pixels of one picture; checked before it is decoded.</param>
/// <param name="maximumPages">Most pictures of one file.</param>
internal sealed class ImagePages(Tool tool, long maximumPixels, int maximumPages)
{
    /// <summary>Headers of all but TIFF files stand within this many first bytes.</summary>
    private const int HeadLength = 4 * 1024 * 1024;

    /// <summary>A picture of a whole page with fewer pixels than this on its long side has letters too small to read well.</summary>
    private const int SmallPageSide = 1200;
    private const double SmallPageEnlargement = 2.5;

    /// <summary>Longer pictures, by the ratio of their sides, are slips such as receipts, whose letters are larger.</summary>
    private const double LongestPageRatio = 1.6;
    private const int SmallestReadableDpi = 150;
    private const int TargetDpi = 200;
    private const double LargestEnlargement = 3;
    private const int FinestUsefulDpi = 350;
    private const int ShrunkDpi = 300;

    /// <summary>Counts the pictures.</summary>
    public Result<int> CountPages(string path, FileType type)
    {
        var frames = FramesOf(path, type);
        return frames.IsSuccess ? frames.Value.Count : frames.Error;
    }

    /// <summary>A page without words, as images have no text layer.</summary>
    public Result<TextLayerReading> Describe(string path, FileType type, int page)
    {
        var frame = FrameOf(path, type, page);
        return frame.IsSuccess
            ? new TextLayerReading(new Page(page, frame.Value.SizeInPoints, 0, PageSource.TextLayer, false, [], string.Empty), true)
            : frame.Error;
    }

    /// <summary>The picture for recognition: upright as far as the file says, grey, enlarged when its letters would be too small.</summary>
    public Result<PageImage> RenderGray(string path, FileType type, int page)
    {
        var decoded = Decode(path, type, page);
        if (!decoded.IsSuccess)
        {
            return decoded.Error;
        }

        var (frame, picture) = decoded.Value;
        using (picture)
        {
            var factor = Math.Min(ScaleFor(frame), Math.Sqrt((double)maximumPixels / frame.Pixels));
            using var scaled = picture.Scale(factor);
            using var readable = factor >= 2 ? scaled.Sharpen() : null;
            return new PageImage((readable ?? scaled).ToGray(), (int)Math.Round(frame.DpiOrGuess * factor), frame.SizeInPoints);
        }
    }

    /// <summary>The picture for people: upright as far as the file says, at a resolution.</summary>
    public Result<Picture> Render(string path, FileType type, int page, int dpi)
    {
        var decoded = Decode(path, type, page);
        if (!decoded.IsSuccess)
        {
            return decoded.Error;
        }

        var (frame, picture) = decoded.Value;
        using (picture)
        {
            // Showing it larger than it is would add nothing but bytes.
            return picture.Scale(Math.Min(1, dpi / frame.DpiOrGuess));
        }
    }

    // Small pages by their pixels, not by the resolution that the file states: programs write 72 or 96 into any picture.
    private static double ScaleFor(ImageFrame frame)
    {
        var (longSide, shortSide, dpi) = (Math.Max(frame.Width, frame.Height), Math.Min(frame.Width, frame.Height), frame.DpiOrGuess);
        var isPage = longSide < shortSide * LongestPageRatio;
        return isPage && longSide < SmallPageSide ? SmallPageEnlargement
            : !isPage && dpi < SmallestReadableDpi ? Math.Min(LargestEnlargement, TargetDpi / dpi)
            : dpi > FinestUsefulDpi ? ShrunkDpi / dpi
            : 1;
    }

    private Result<(ImageFrame Frame, Picture Picture)> Decode(string path, FileType type, int page)
    {
        var frame = FrameOf(path, type, page);
        if (!frame.IsSuccess)
        {
            return frame.Error;
        }

        if (frame.Value.Pixels > maximumPixels)
        {
            return DocumentErrors.PageTooManyPixels(frame.Value.Pixels, maximumPixels);
        }

        using var stored = Picture.Decode(path, type, page - 1) ?? new ImageConverter(tool, maximumPixels).Decode(path, type, page - 1);
        return stored is null || (long)stored.Width * stored.Height > maximumPixels
            ? DocumentErrors.PageDamaged("the picture cannot be decoded.")
            : (frame.Value, stored.Upright(frame.Value.Orientation));
    }

    private Result<ImageFrame> FrameOf(string path, FileType type, int page)
    {
        var frames = FramesOf(path, type);
        return !frames.IsSuccess ? frames.Error
            : page > frames.Value.Count ? DocumentErrors.PageNotFound(page)
            : frames.Value[page - 1];
    }

    private Result<IReadOnlyList<ImageFrame>> FramesOf(string path, FileType type)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[type == FileType.Tiff ? checked((int)stream.Length) : (int)Math.Min(stream.Length, HeadLength)];
        stream.ReadExactly(head);
        return ImageHeaders.Read(head, type, maximumPages) is { } frames
            ? Result<IReadOnlyList<ImageFrame>>.Success(frames)
            : DocumentErrors.Damaged("its header makes no sense.");
    }
}
