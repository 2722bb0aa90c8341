using System.Globalization;
using System.Text;

namespace Idp.Domain.Retrieval;

/// <summary>Writes printed words the way they are typed: ligatures as letters, quotes as those of the keyboard, no invisible characters.</summary>
internal static class PrintedText
{
    private const char SoftHyphen = '\u00AD';

    /// <summary>The words, each cleaned, joined by single spaces.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words.Select(Of).Where(static word => word.Length > 0));

    /// <summary>One word. A soft hyphen at its end stays as a hyphen, since the word goes on in the next line.</summary>
    public static string Of(string word)
    {
        if (Ascii.IsValid(word))
        {
            return word;
        }

        var text = new StringBuilder(word.Length);
        for (var at = 0; at < word.Length; at++)
        {
            switch (word[at])
            {
                case SoftHyphen:
                    text.Append(at == word.Length - 1 ? "-" : string.Empty);
                    break;
                case >= '\uFB00' and <= '\uFB06' and var ligature:
                    text.Append(Ligatures[ligature - '\uFB00']);
                    break;
                case '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032':
                    text.Append('\'');
                    break;
                case '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033':
                    text.Append('"');
                    break;
                case '\u2010' or '\u2011':
                    text.Append('-');
                    break;
                case '\u00A0' or '\u2007' or '\u202F':
                    text.Append(' ');
                    break;
                case var other when IsInvisible(other):
                    break;
                case var other:
                    text.Append(other);
                    break;
            }
        }

        return text.ToString().Trim();
    }

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    private static bool IsInvisible(char character) =>
        character is '\uFEFF' or (>= '\u200B' and <= '\u200F') || (char.IsControl(character) && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Control);
}
