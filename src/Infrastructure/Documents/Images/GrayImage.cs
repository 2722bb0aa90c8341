namespace Idp.Infrastructure.Documents.Images;

/// <summary>A picture in grey: one byte a pixel, 0 black to 255 white, rows without padding.</summary>
internal sealed class GrayImage
{
    public GrayImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.LongLength, (long)width * height);
        (Width, Height, Pixels) = (width, height, pixels);
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Pixels { get; }

    /// <summary>Makes a smaller picture by averaging squares of pixels.</summary>
    /// <param name="factor">Side of a square in pixels; at least 1.</param>
    public GrayImage Shrink(int factor)
    {
        var (width, height) = (Math.Max(1, Width / factor), Math.Max(1, Height / factor));
        var (stepX, stepY) = (Math.Min(factor, Width), Math.Min(factor, Height));
        var small = new byte[width * height];
        var sums = new int[width];
        for (var row = 0; row < height; row++)
        {
            Array.Clear(sums);
            for (var inner = 0; inner < stepY; inner++)
            {
                var line = Pixels.AsSpan(((row * stepY) + inner) * Width, width * stepX);
                for (var column = 0; column < width; column++)
                {
                    foreach (var pixel in line.Slice(column * stepX, stepX))
                    {
                        sums[column] += pixel;
                    }
                }
            }

            for (var column = 0; column < width; column++)
            {
                small[(row * width) + column] = (byte)(sums[column] / (stepX * stepY));
            }
        }

        return new GrayImage(width, height, small);
    }

    /// <summary>The picture, turned clockwise.</summary>
    /// <param name="degrees">0, 90, 180 or 270.</param>
    public GrayImage Turn(int degrees)
    {
        var (width, height) = degrees is 90 or 270 ? (Height, Width) : (Width, Height);
        var turned = GC.AllocateUninitializedArray<byte>(Pixels.Length);
        for (var row = 0; row < height; row++)
        {
            // Where the row begins in the old picture, and how far it is from one of its pixels to the next.
            var (start, step) = degrees switch
            {
                90 => (((Height - 1) * Width) + row, -Width),
                180 => (((Height - row) * Width) - 1, -1),
                270 => (Width - 1 - row, Width),
                _ => (row * Width, 1),
            };
            for (var column = 0; column < width; column++)
            {
                turned[(row * width) + column] = Pixels[start + (column * step)];
            }
        }

        return new GrayImage(width, height, turned);
    }
}
