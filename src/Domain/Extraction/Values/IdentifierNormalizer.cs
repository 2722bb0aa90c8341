using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads customer numbers, licence numbers, routing numbers and the like.</summary>
public static partial class IdentifierNormalizer
{
    private const int Timeout = 250;

    /// <summary>
    /// Letters and digits as printed, with single spaces between groups; null when the text has no digit or is a sentence.
    /// </summary>
    public static string? Normalize(string printed)
    {
        var text = PrintedText.Tidy(printed).Trim(' ', '.', ',', ';', ':', '|', '_', '#', '(', ')', '"', '\'');
        if (!Shape().IsMatch(text) || !text.Any(char.IsAsciiDigit))
        {
            return null;
        }

        // Letters in front may be part of the identifier; behind them, among digits, look-alikes are digits.
        var start = text.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        return text[..start] + PrintedText.RepairDigits(text[start..], 0.7);
    }

    [GeneratedRegex(@"^[A-Za-z0-9*]+(?:[-./ ][A-Za-z0-9*]+){0,5}$", RegexOptions.None, Timeout)]
    private static partial Regex Shape();
}
