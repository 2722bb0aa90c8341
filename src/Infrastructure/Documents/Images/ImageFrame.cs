using Idp.Domain.Documents;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>What an image file's header says of one picture in it, before anything is decoded.</summary>
/// <param name="Width">Width in pixels as stored; positive.</param>
/// <param name="Height">Height in pixels as stored; positive.</param>
/// <param name="Dpi">Dots per inch; null when not said or not believable.</param>
/// <param name="Orientation">How the picture must be turned or mirrored to stand upright, as EXIF counts it, 1 to 8.</param>
internal sealed record ImageFrame(int Width, int Height, double? Dpi, int Orientation)
{
    private const double UsualInches = 11;
    private const double ShortestInches = 2.5;
    private const double LongestInches = 18;

    /// <summary>Pixels to decode.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>True when standing upright swaps width and height.</summary>
    public bool IsTurned => Orientation >= 5;

    /// <summary>Dots per inch as the file says, where that makes a sheet of paper; otherwise as they would be on a page of letter length.</summary>
    public double DpiOrGuess => Dpi is { } dpi && Math.Max(Width, Height) / dpi is >= ShortestInches and <= LongestInches
        ? dpi
        : Math.Max(Width, Height) / UsualInches;

    /// <summary>The size of the upright page.</summary>
    public PageSize SizeInPoints
    {
        get
        {
            var size = new PageSize(Width * 72 / DpiOrGuess, Height * 72 / DpiOrGuess);
            return IsTurned ? new PageSize(size.Height, size.Width) : size;
        }
    }
}
