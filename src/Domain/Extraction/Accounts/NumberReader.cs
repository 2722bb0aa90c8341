namespace Idp.Domain.Extraction;

/// <summary>A number as it was read from a line.</summary>
/// <param name="Number">The number.</param>
/// <param name="Tokens">The tokens that print it.</param>
/// <param name="Next">The place in the line after it.</param>
internal sealed record ReadNumber(AccountNumber Number, IReadOnlyList<LineToken> Tokens, int Next)
{
    /// <summary>The lowest confidence among its tokens, 0 to 1.</summary>
    public double Confidence => Tokens.Min(token => token.Confidence);
}

/// <summary>Reads an account number that begins at a place in a line, be it printed in groups or behind a mask.</summary>
internal static class NumberReader
{
    private const int MostTokens = 6;

    /// <summary>A group this long is a whole number by itself: what follows it is something else.</summary>
    private const int WholeGroup = 7;

    /// <summary>Groups stand no further apart than this many line heights (fractions of the page, both ways).</summary>
    private const double WidestGroupGap = 1.2;

    /// <summary>Reads the longest number at <paramref name="start"/>; null when none begins there.</summary>
    public static ReadNumber? ReadAt(IReadOnlyList<LineToken> line, int start, bool recognised)
    {
        if (start >= line.Count || !MayBegin(line[start].Text))
        {
            return null;
        }

        ReadNumber? best = null;
        var text = string.Empty;
        for (var end = start; end < Math.Min(line.Count, start + MostTokens); end++)
        {
            if (end > start && !Continues(line, start, end, text))
            {
                break;
            }

            text = text.Length is 0 ? line[end].Text : text + " " + line[end].Text;
            var number = recognised ? AccountNumber.ParseRecognised(text) : AccountNumber.Parse(text);
            if (number is not null)
            {
                best = new ReadNumber(number, line.Skip(start).Take(end - start + 1).ToList(), end + 1);
            }
        }

        return best;
    }

    private static bool MayBegin(string text) =>
        text.Any(char.IsAsciiDigit) || IsMask(text) || text.TrimStart('(').StartsWith("ending", StringComparison.OrdinalIgnoreCase)
        || (text.Length is >= 1 and <= 4 && text.All(char.IsAsciiLetterUpper));

    private static bool Continues(IReadOnlyList<LineToken> line, int start, int at, string sofar)
    {
        var token = line[at];
        var isClosed = line[at - 1].Text[^1] is ',' or ';' or '.' or ')';
        if (isClosed || token.Segment != line[at - 1].Segment
            || token.Box.X - line[at - 1].Box.Right > WidestGroupGap * Math.Max(token.Box.Height, line[start].Box.Height))
        {
            return false;
        }

        if (sofar.Contains("ending", StringComparison.OrdinalIgnoreCase) || IsMask(line[at - 1].Text))
        {
            return sofar.Length < 24;
        }

        // Only the letters of a prefix or short groups of digits are followed by more of the same number.
        var text = token.Text.TrimEnd('.', ',', ';', ')');
        var isGroup = text.Length is >= 2 and <= 12 && char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-');
        return isGroup && line.Skip(start).Take(at - start).All(earlier => earlier.Text.Count(char.IsAsciiDigit) < WholeGroup);
    }

    private static bool IsMask(string text) =>
        text.All(character => character is '*' or 'X' or 'x' or '#' or '•' or '.' or '-' or '…' or '·' or '●' or '∗') && text.Length >= 2;
}
