using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>Tells where something is printed on a page: wherever the grey changes from one pixel to the next.</summary>
/// <remarks>Changes, not darkness: white text on a dark bar is ink, text in the colour of its ground is none, and neither is a tinted page.</remarks>
internal sealed class InkMap
{
    private readonly int _width;
    private readonly int _height;
    private readonly int[] _sums;

    private InkMap(int width, int height, int[] sums) => (_width, _height, _sums) = (width, height, sums);

    /// <summary>Pixels with ink.</summary>
    public int InkPixels => _sums[^1];

    /// <summary>Share of all pixels that have ink, 0 to 1.</summary>
    public double InkShare => (double)InkPixels / ((long)_width * _height);

    /// <summary>Finds the ink of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="smallestStep">How much two neighbours must differ, 1 to 255.</param>
    public static InkMap Of(GrayImage image, int smallestStep)
    {
        var (width, height, pixels) = (image.Width, image.Height, image.Pixels);

        // One more row and column of zeros in front, so that any box is four look-ups.
        var sums = new int[(width + 1) * (height + 1)];
        for (var row = 0; row < height; row++)
        {
            var line = pixels.AsSpan(row * width, width);
            var next = row + 1 < height ? pixels.AsSpan((row + 1) * width, width) : line;
            var inRow = 0;
            for (var column = 0; column < width; column++)
            {
                int here = line[column];
                var right = column + 1 < width ? line[column + 1] : here;
                inRow += Math.Abs(here - right) >= smallestStep || Math.Abs(here - next[column]) >= smallestStep ? 1 : 0;
                sums[((row + 1) * (width + 1)) + column + 1] = sums[(row * (width + 1)) + column + 1] + inRow;
            }
        }

        return new InkMap(width, height, sums);
    }

    /// <summary>Pixels with ink within a box of the page.</summary>
    public int InkIn(Box box)
    {
        var (left, top, right, bottom) = PixelsOf(box);
        return Sum(right, bottom) - Sum(left, bottom) - Sum(right, top) + Sum(left, top);
    }

    /// <summary>Share of a box's pixels that have ink, 0 to 1.</summary>
    public double DensityIn(Box box)
    {
        var (left, top, right, bottom) = PixelsOf(box);
        return (double)InkIn(box) / Math.Max(1, (right - left) * (bottom - top));
    }

    /// <summary>Share of the ink that is in none of the boxes, 0 to 1; boxes that overlap count twice, which may only understate it.</summary>
    public double ShareOutside(IEnumerable<Box> boxes)
    {
        if (InkPixels == 0)
        {
            return 0;
        }

        var covered = boxes.Sum(box => (long)InkIn(box));
        return Math.Clamp(1 - ((double)covered / InkPixels), 0, 1);
    }

    private (int Left, int Top, int Right, int Bottom) PixelsOf(Box box) => (
        Math.Clamp((int)Math.Floor(box.X * _width), 0, _width),
        Math.Clamp((int)Math.Floor(box.Y * _height), 0, _height),
        Math.Clamp((int)Math.Ceiling(box.Right * _width), 0, _width),
        Math.Clamp((int)Math.Ceiling(box.Bottom * _height), 0, _height));

    private int Sum(int column, int row) => _sums[(row * (_width + 1)) + column];
}
