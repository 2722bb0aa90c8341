using System.Globalization;
using System.Text.Json;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Api.Kernel.Json;

/// <summary>How single values look on the wire.</summary>
internal static class PrintedValues
{
    /// <summary>RFC 3339 in UTC, to the millisecond.</summary>
    public static string Print(this DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Dollars as a plain decimal with cents at least, e.g. <c>5.00</c> or <c>0.0124</c>.</summary>
    public static string Print(this Money amount) => amount.Dollars.ToString("0.00##########", CultureInfo.InvariantCulture);

    /// <summary>Four digits: more would pretend a precision that nobody has.</summary>
    public static double Print(this Confidence confidence) => Math.Round(confidence.Value, 4);

    /// <summary>An enum member in snake case.</summary>
    public static string Print<TEnum>(this TEnum member)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());

    /// <summary>Reads what <see cref="Print{TEnum}(TEnum)"/> printed; null for anything else.</summary>
    public static TEnum? Read<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var member in Enum.GetValues<TEnum>())
        {
            if (member.Print() == text)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Every printed member of an enum, for messages.</summary>
    public static string List<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(member => member.Print()));
}
