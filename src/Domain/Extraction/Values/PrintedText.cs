using System.Text;

namespace Idp.Domain.Extraction;

/// <summary>What the normalisers share: white space, typographic variants and the letters that recognition takes for digits.</summary>
internal static class PrintedText
{
    /// <summary>One line, single spaces, plain dashes and quotes; no control characters.</summary>
    public static string Tidy(string printed)
    {
        var tidy = new StringBuilder(printed.Length);
        foreach (var character in printed)
        {
            var plain = Plain(character);
            if (char.IsWhiteSpace(plain) || char.IsControl(plain))
            {
                if (tidy.Length > 0 && tidy[^1] != ' ')
                {
                    tidy.Append(' ');
                }
            }
            else
            {
                tidy.Append(plain);
            }
        }

        return tidy.ToString().TrimEnd();
    }

    /// <summary>The digit that recognition took this character for, or null when it resembles none.</summary>
    public static char? AsDigit(char character) => character switch
    {
        >= '0' and <= '9' => character,
        'O' or 'o' or 'Q' or 'D' => '0',
        'l' or 'I' or '|' or 'i' or '!' => '1',
        'Z' or 'z' => '2',
        'S' or 's' => '5',
        'G' => '6',
        'B' => '8',
        _ => null,
    };

    /// <summary>
    /// The text with look-alike letters made digits, when at least <paramref name="share"/> of its letters and digits are digits already;
    /// else unchanged.
    /// </summary>
    public static string RepairDigits(string text, double share = 0.6)
    {
        var digits = text.Count(char.IsAsciiDigit);
        var characters = text.Count(char.IsLetterOrDigit);
        return digits == 0 || digits < share * characters
            ? text
            : string.Concat(text.Select(character => AsDigit(character) ?? character));
    }

    /// <summary>Only the digits.</summary>
    public static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>True when the text holds letters and none is in lower case.</summary>
    public static bool IsUpper(string text) => text.Any(char.IsLetter) && !text.Any(char.IsLower);

    private static char Plain(char character) => character switch
    {
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' or '\u00AD' => '-',
        '\u2018' or '\u2019' or '\u201B' or '\u02BC' => '\'',
        '\u201C' or '\u201D' or '\u201E' => '"',
        '\u2022' or '\u25CF' or '\u2217' or '\u00B7' => '*',
        _ => character,
    };
}
