using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads amounts of money in American, European and accounting style.</summary>
public static partial class MoneyNormalizer
{
    private const int Timeout = 250;

    /// <summary>More digits than any amount has.</summary>
    private const int MostDigits = 18;

    /// <summary>The amount as a plain decimal with the decimals as printed (<c>1118.11</c>), or null when the text is no amount.</summary>
    public static string? Normalize(string printed) =>
        TryRead(printed, out var amount) ? amount.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>
    /// Reads a whole text as one amount. Brackets, a leading or trailing minus and a trailing <c>CR</c> make it negative.
    /// </summary>
    /// <param name="printed">The text; a currency sign or code may stand on either side.</param>
    /// <param name="amount">The amount; its scale is the number of decimals printed.</param>
    public static bool TryRead(string printed, out decimal amount)
    {
        amount = 0;
        if (printed.Length > 60)
        {
            return false;
        }

        var match = Shape().Match(PrintedText.Tidy(printed).Trim(' ', '*', '_', ':', ';', '|', '='));
        if (!match.Success)
        {
            return false;
        }

        var digits = Plain(match.Groups["number"].Value);
        if (digits is null || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
        {
            return false;
        }

        var bracketed = match.Groups["open"].Success && match.Groups["close"].Success;
        var trailing = match.Groups["trail"].Value;
        var negative = bracketed || match.Groups["sign"].Value.Contains('-', StringComparison.Ordinal)
            || trailing.StartsWith('-') || trailing.StartsWith("CR", StringComparison.OrdinalIgnoreCase);
        amount = negative && amount != 0 ? -amount : amount;
        return true;
    }

    /// <summary>Grouped digits as a plain decimal, or null when the groups make no number.</summary>
    internal static string? Plain(string number)
    {
        // "1 , 118 .11": spaces around separators are recognition slips; a space between digits is a group separator.
        var compact = AroundSeparator().Replace(number.Trim(), "$1").TrimEnd('.', ',');
        if (!compact.Any(char.IsAsciiDigit))
        {
            return null;
        }

        compact = string.Concat(compact.Select(character => PrintedText.AsDigit(character) ?? character));
        if (compact.Count(char.IsAsciiDigit) > MostDigits)
        {
            return null;
        }

        var last = compact.LastIndexOfAny(['.', ',', '\'', ' ']);
        if (last < 0)
        {
            return compact;
        }

        var (whole, fraction) = (compact[..last], compact[(last + 1)..]);
        if (IsGroup(compact, last))
        {
            return AreGroups(compact) ? PrintedText.Digits(compact) : null;
        }

        return compact[last] is '.' or ',' && (whole.Length == 0 || AreGroups(whole)) && fraction.Length <= 6
            ? $"{(whole.Length == 0 ? "0" : PrintedText.Digits(whole))}.{fraction}"
            : null;
    }

    /// <summary>
    /// True when the last separator groups thousands: three digits follow, and it is not the only dot of a small number (<c>0.125</c>).
    /// </summary>
    private static bool IsGroup(string number, int last) =>
        number.Length - last - 1 == 3 && last is > 0 && !(number[0] == '0' && number.IndexOfAny(['.', ',']) == last);

    /// <summary>One to three digits, then groups of three.</summary>
    private static bool AreGroups(string number)
    {
        var groups = number.Split('.', ',', '\'', ' ');
        return groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3));
    }

    [GeneratedRegex(@" ?([.,]) ?", RegexOptions.None, Timeout)]
    private static partial Regex AroundSeparator();

    // A leading S is the recognised form of a dollar sign.
    [GeneratedRegex(
        @"^(?<open>\( ?)?(?<sign>[-+]{1,2} ?)?(?:(?:US ?\$|USD|US|EUR|GBP|CAD|AUD|MYR|RM|CHF|S(?=[0-9])|[$\u20AC\u00A3\u00A5]) ?\.?)?(?<sign>[-+] ?)?(?<open>\( ?)?"
        + @"(?<number>(?=[^0-9]{0,2}[0-9])[0-9OolI|SBZ]*[0-9OolI|SBZ.,' ]*)(?<close> ?\))?(?: ?(?:USD|US\$|EUR|GBP|CAD|MYR|RM|CHF|[$\u20AC\u00A3]))?(?<trail> ?(?:-|CR|DR)\.?)?$",
        RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Shape();
}
