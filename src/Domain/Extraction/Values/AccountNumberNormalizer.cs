using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads account numbers, masked ones too.</summary>
public static partial class AccountNumberNormalizer
{
    private const int Timeout = 250;

    /// <summary>
    /// The number in upper case without spaces and without separators between groups of digits (<c>68 9985-8679</c> becomes
    /// <c>6899858679</c>;
    /// <c>LN-2019-792337</c> stays). A masked number becomes <c>****</c> and the digits that are shown. Null when the text is no account
    /// number.
    /// </summary>
    public static string? Normalize(string printed)
    {
        var text = Lead().Replace(PrintedText.Tidy(printed).Trim(' ', '.', ',', ';', ':', '|', '_', '(', ')'), string.Empty);
        if (text.Length > 50)
        {
            return null;
        }

        if (ShownDigits(text) is { } shown)
        {
            return "****" + shown;
        }

        var compact = PrintedText.RepairDigits(string.Concat(text.Where(character => character != ' ')).ToUpperInvariant(), 0.8);
        if (!Shape().IsMatch(compact) || compact.Count(char.IsAsciiDigit) < 3)
        {
            return null;
        }

        return compact.Any(char.IsLetter) ? compact : PrintedText.Digits(compact);
    }

    /// <summary>
    /// The digits that a masked number shows (<c>x9895</c>, <c>****5706</c>, <c>ending in 2337</c>), or null when the number is not masked.
    /// </summary>
    public static string? ShownDigits(string printed)
    {
        var match = Masked().Match(PrintedText.Tidy(printed).Trim(' ', '.', ',', ';', ':', '(', ')'));
        return match.Success ? match.Groups["shown"].Value : null;
    }

    [GeneratedRegex(@"^(?:account|acct|a/c|loan|number|nbr|no|num)\b[.:#]* *(?:(?:number|nbr|no|num)\b[.:]*)? *[#:]* *", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^[A-Z0-9]+(?:[-./][A-Z0-9]+)*$", RegexOptions.None, Timeout)]
    private static partial Regex Shape();

    [GeneratedRegex(
        @"^(?:(?:[xX*#.\u2026][-xX*#. ]*)|.{0,24}\bending(?: in| with)?:? *[xX*#]*|.{0,24}\blast (?:4|four)(?: digits)?:? *)(?<shown>[0-9]{2,6})$",
        RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Masked();
}
