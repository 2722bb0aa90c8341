using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Json;

/// <summary>A rectangle as fractions of the upright page, 0 to 1; the origin is the top left corner.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="W">Width.</param>
/// <param name="H">Height.</param>
internal sealed record BoxBody(double X, double Y, double W, double H)
{
    private const int Digits = 6;

    public static BoxBody From(Box box) =>
        new(Math.Round(box.X, Digits), Math.Round(box.Y, Digits), Math.Round(box.Width, Digits), Math.Round(box.Height, Digits));
}
