using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads social security and tax numbers of persons, of which only the last four digits are kept.</summary>
public static partial class SsnNormalizer
{
    private const int Timeout = 250;

    /// <summary>
    /// The last four digits of <c>***-**-1546</c>, <c>666-99-9401</c>, <c>last 4: 1546</c> or <c>1546</c>; null for anything else.
    /// </summary>
    public static string? Normalize(string printed)
    {
        var text = PrintedText.Tidy(printed).Trim(' ', '+', '.', ',', ';', ':', '|', '_', '(', ')');
        var match = Shape().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var lastFour = PrintedText.RepairDigits(match.Groups["last"].Value, 0.5);
        return lastFour.All(char.IsAsciiDigit) ? lastFour : null;
    }

    // A masked part is anything but digits: recognition turns asterisks into letters and marks at will.
    [GeneratedRegex(
        @"^(?:(?:(?:ssn|tin|last (?:4|four)(?: digits)?|ending in)[ /:#]*)?(?:[0-9OolISB]{3} ?[-.] ?[0-9OolISB]{2} ?[-.] ?|[0-9]{5}|[^0-9\s]{1,6} ?[-.~=] ?[^0-9\s]{1,5} ?[-.~=]+ ?|[*xX#]{2,9}[-. ]*)?)(?<last>[0-9OolISB]{4})$",
        RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Shape();
}
