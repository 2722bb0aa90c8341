using System.Globalization;

namespace Idp.Bench.Reporting;

/// <summary>A figure that was taken several times: <c>median (smallest–largest)</c>.</summary>
internal sealed class Spread(IEnumerable<double> figures)
{
    private readonly double[] _sorted = [.. figures.Order()];

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>For tables; one figure only where all print the same.</summary>
    /// <param name="format">How each is printed.</param>
    public string Print(string format)
    {
        var (smallest, largest) = (Text(_sorted[0], format), Text(_sorted[^1], format));
        return smallest == largest ? smallest : $"{Text(Median, format)} ({smallest}–{largest})";
    }

    private static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
}
