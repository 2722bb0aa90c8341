using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads rates in per cent.</summary>
public static partial class PercentNormalizer
{
    private const int Timeout = 250;

    /// <summary>The rate with its digits as printed (<c>6.000</c>), or null when the text is no rate between 0 and 100.</summary>
    public static string? Normalize(string printed)
    {
        if (printed.Length > 60)
        {
            return null;
        }

        var match = Shape().Match(PrintedText.Tidy(printed));
        if (!match.Success)
        {
            return null;
        }

        var digits = string.Concat(match.Groups["number"].Value
            .Where(character => character != ' ')
            .Select(character => character == ',' ? '.' : PrintedText.AsDigit(character) ?? character));
        digits = digits.StartsWith('.') ? "0" + digits : digits;
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate <= 100
            ? digits
            : null;
    }

    // Recognition reads a per cent sign as °/o, %o, 9% or 0/0 now and then.
    [GeneratedRegex(
        @"^[*(:+]* ?(?<number>(?=[^0-9]{0,2}[0-9])[0-9OolISB]{0,3}(?: ?[.,] ?[0-9OolISB]{1,6})?)(?: ?(?:%[o)]?|\u00B0/[o0]|[o0]/[o0]|percent|per cent|pct\.?))?(?: ?\(?(?:per annum|per year|p\.?a\.?|annually|annual|fixed|variable|apr|apy)\)?)?[).,;*]*$",
        RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Shape();
}
