using System.Globalization;

namespace Idp.Infrastructure.Kernel.Sql;

/// <summary>Moments as tables hold them: UTC text of fixed width, so that the order of the texts is the order in time.</summary>
internal static class TimeText
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The moment's text.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The moment of a stored text.</summary>
    /// <exception cref="FormatException">The text is none that <see cref="Of"/> makes.</exception>
    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
