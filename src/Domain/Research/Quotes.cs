using System.Text;

namespace Idp.Domain.Research;

/// <summary>Tells whether a text has the words that somebody quotes from it.</summary>
public static class Quotes
{
    /// <summary>Shorter quotes are found anywhere and prove nothing.</summary>
    private const int ShortestQuote = 8;

    /// <summary>
    /// True when the text has the quote: letter case, white space, the shape of quotation marks and dashes and the marks of Markdown do not count, every word and figure does,
    /// and the quote begins and ends with whole words.
    /// </summary>
    public static bool IsIn(string quote, string text)
    {
        var wanted = Normalise(quote).Trim('"', '.', ',', ';', ':', '\u2026', ' ');
        if (wanted.Length < ShortestQuote)
        {
            return false;
        }

        var within = Normalise(text);
        for (var at = within.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = within.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            if (IsBoundary(within, at) && IsBoundary(within, at + wanted.Length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text in which only what counts is left.</summary>
    public static string Normalise(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            switch (character)
            {
                case '*' or '_' or '`' or '#' or '>' or '|' or '\u00AD' or '\u200B' or '\uFEFF':
                    break;
                case '\u2018' or '\u2019' or '\u201A' or '\u2032':
                    normal.Append('\'');
                    break;
                case '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' or '\u2033':
                    normal.Append('"');
                    break;
                case '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212':
                    normal.Append('-');
                    break;
                case var space when char.IsWhiteSpace(space):
                    if (normal.Length > 0 && normal[^1] != ' ')
                    {
                        normal.Append(' ');
                    }

                    break;
                default:
                    normal.Append(char.ToLowerInvariant(character));
                    break;
            }
        }

        return normal.ToString();
    }

    private static bool IsBoundary(string text, int at) =>
        at == 0 || at == text.Length || !((char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at])) || IsInNumber(text, at));

    /// <summary>True between the digits of a number and its comma or point.</summary>
    private static bool IsInNumber(string text, int at) =>
        (at > 1 && char.IsAsciiDigit(text[at]) && text[at - 1] is ',' or '.' && char.IsAsciiDigit(text[at - 2]))
        || (at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && text[at] is ',' or '.' && char.IsAsciiDigit(text[at + 1]));
}
