using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads telephone numbers.</summary>
public static partial class PhoneNormalizer
{
    private const int Timeout = 250;

    /// <summary>
    /// North American numbers as <c>(802) 555-0140</c>, local ones as <c>555-0140</c>, an extension as <c> x12</c>;
    /// numbers of other countries (with <c>+</c> or a leading zero) with single spaces. Null when the text is none.
    /// </summary>
    public static string? Normalize(string printed)
    {
        var text = Lead().Replace(PrintedText.Tidy(printed).Replace('{', '(').Replace('}', ')'), string.Empty)
            .Trim(' ', '.', ',', ';', ':', '|', '_');
        if (text.Length > 40 || DateNormalizer.Normalize(text) is not null)
        {
            return null;
        }

        var extension = Extension().Match(text);
        var suffix = extension.Success ? $" x{extension.Groups[1].Value}" : string.Empty;
        var number = PrintedText.RepairDigits(extension.Success ? text[..extension.Index] : text);
        if (!Characters().IsMatch(number))
        {
            return null;
        }

        var digits = PrintedText.Digits(number);
        if (digits.Length == 11 && digits[0] == '1')
        {
            digits = digits[1..];
        }

        if (digits.Length == 10 && digits[0] is >= '2' && digits[3] is >= '2' && NorthAmerican().IsMatch(number))
        {
            return $"({digits[..3]}) {digits[3..6]}-{digits[6..]}{suffix}";
        }

        if (Local().IsMatch(number))
        {
            return $"{digits[..3]}-{digits[3..]}{suffix}";
        }

        return digits.Length is >= 8 and <= 15 && digits.Length < number.Length
            && (number[0] is '+' or '0' || number.StartsWith("(0", StringComparison.Ordinal))
            ? number + suffix
            : null;
    }

    [GeneratedRegex(@"^(?:tel|telephone|phone|ph|cell|mobile|fax|home|work|t|p)\b[.: #]*(?:no\.?)?[.: ]*", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Lead();

    [GeneratedRegex(@" ?(?:ext\.?|extension|x) ?([0-9]{1,6})$", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Extension();

    [GeneratedRegex(@"^[-+0-9(). /]+$", RegexOptions.None, Timeout)]
    private static partial Regex Characters();

    // Three, three and four digits, however parted: a social security number is parted otherwise.
    [GeneratedRegex(@"^\+?1?[-. /(]*[0-9]{3} ?[-. /)]* ?[0-9]{3} ?[-. /]* ?[0-9]{4}$", RegexOptions.None, Timeout)]
    private static partial Regex NorthAmerican();

    [GeneratedRegex(@"^[2-9][0-9]{2} ?[-.] ?[0-9]{4}$", RegexOptions.None, Timeout)]
    private static partial Regex Local();
}
