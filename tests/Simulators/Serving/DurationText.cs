using System.Globalization;

namespace Idp.Simulators.Serving;

/// <summary>Durations as the rate limit headers write them: <c>120ms</c>, <c>1s</c>, <c>6m0s</c>, <c>2m59.56s</c>, <c>1h0m0s</c>.</summary>
internal static class DurationText
{
    /// <summary>Writes a duration, to the millisecond.</summary>
    public static string Of(TimeSpan duration)
    {
        var milliseconds = (long)Math.Ceiling(Math.Max(0, duration.TotalMilliseconds));
        if (milliseconds is > 0 and < 1_000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
        }

        var (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60);
        var seconds = milliseconds % 60_000 / 1_000m;
        return string.Concat(
            hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}h") : string.Empty,
            hours > 0 || minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes}m") : string.Empty,
            string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s"));
    }
}
