using System.Globalization;
using System.Text;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Prints numbers as workbooks show them, by the format codes of cells (ECMA-376, part 1, 18.8.31): decimals, groups, per cent, currencies, brackets for negatives, dates and times.</summary>
internal static class NumberFormat
{
    private const int LargestDay = 2_958_465;

    /// <summary>Codes of the formats that are known by number alone.</summary>
    private static readonly Dictionary<int, string> BuiltIn = new()
    {
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [14] = "m/d/yyyy",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "m/d/yyyy h:mm",
        [37] = "#,##0;(#,##0)",
        [38] = "#,##0;(#,##0)",
        [39] = "#,##0.00;(#,##0.00)",
        [40] = "#,##0.00;(#,##0.00)",
        [41] = "#,##0;(#,##0);\"-\"",
        [42] = "\"$\"#,##0;(\"$\"#,##0);\"-\"",
        [43] = "#,##0.00;(#,##0.00);\"-\"",
        [44] = "\"$\"#,##0.00;(\"$\"#,##0.00);\"-\"",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
    };

    /// <summary>The code of a format that needs no definition; null for the general one.</summary>
    public static string? BuiltInCode(int number) => BuiltIn.GetValueOrDefault(number);

    /// <summary>The number as its cell shows it.</summary>
    /// <param name="value">The number.</param>
    /// <param name="code">The format; null or <c>General</c> for none.</param>
    /// <param name="is1904">True where days are counted from 1904.</param>
    public static string Print(double value, string? code, bool is1904)
    {
        if (string.IsNullOrEmpty(code) || code.StartsWith("General", StringComparison.OrdinalIgnoreCase) || code == "@")
        {
            return General(value);
        }

        var sections = Split(code);
        var section = value < 0 && sections.Count > 1 ? sections[1] : value == 0 && sections.Count > 2 ? sections[2] : sections[0];
        var tokens = Tokens(section);
        if (tokens.Exists(static token => token.Kind == TokenKind.Date))
        {
            return Dates(value + (is1904 ? 1462 : 0), tokens) ?? General(value);
        }

        // A format of its own for negatives says itself how they look.
        return Numbers(sections.Count > 1 && value < 0 ? -value : value, tokens);
    }

    private static string General(double value) =>
        Math.Abs(value) is >= 1e15 or (> 0 and < 1e-9) ? value.ToString("0.#####E+00", CultureInfo.InvariantCulture) : Math.Round(value, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Numbers(double value, List<Token> tokens)
    {
        var digits = string.Concat(tokens.Where(static token => token.Kind == TokenKind.Digits).Select(static token => token.Text));
        if (digits.Length == 0)
        {
            return string.Concat(tokens.Select(static token => token.Text));
        }

        var percents = tokens.Count(static token => token.Kind == TokenKind.Percent);
        var trimmed = digits.TrimEnd(',');
        var scaled = value * Math.Pow(100, percents) / Math.Pow(1000, digits.Length - trimmed.Length);
        var pattern = trimmed.Replace('?', '0');
        string printed;
        try
        {
            printed = pattern.Contains('/', StringComparison.Ordinal) ? General(scaled) : Math.Abs(scaled).ToString(pattern, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            printed = General(Math.Abs(scaled));
        }

        var text = new StringBuilder(scaled < 0 && printed.Any(static character => character is >= '1' and <= '9') ? "-" : string.Empty);
        var isPlaced = false;
        foreach (var token in tokens)
        {
            text.Append(token.Kind != TokenKind.Digits ? token.Text : isPlaced ? string.Empty : printed);
            isPlaced |= token.Kind == TokenKind.Digits;
        }

        return text.ToString().Trim();
    }

    private static string? Dates(double day, List<Token> tokens)
    {
        if (day is < 0 or > LargestDay)
        {
            return null;
        }

        // The year 1900 has a day too many in workbooks.
        var ticks = (long)Math.Round(day * 86_400) * TimeSpan.TicksPerSecond;
        var time = new DateTime(1899, 12, day < 60 ? 31 : 30, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(ticks);
        var isTwelve = tokens.Exists(static token => token.Kind == TokenKind.Half);
        var text = new StringBuilder();
        for (var index = 0; index < tokens.Count; index++)
        {
            var token = tokens[index];
            text.Append(token.Kind switch
            {
                TokenKind.Half => time.Hour < 12 ? "AM" : "PM",
                TokenKind.Date => DatePart(time, token.Text, IsMinute(tokens, index), isTwelve),
                TokenKind.Digits => token.Text.StartsWith('.') ? string.Empty : token.Text,
                _ => token.Text,
            });
        }

        return text.ToString().Trim();
    }

    private static string DatePart(DateTime time, string part, bool isMinute, bool isTwelve) => (part[0], part.Length, isMinute) switch
    {
        ('y', <= 2, _) => time.ToString("yy", CultureInfo.InvariantCulture),
        ('y', _, _) => time.ToString("yyyy", CultureInfo.InvariantCulture),
        ('m', 1, true) => time.ToString("%m", CultureInfo.InvariantCulture),
        ('m', _, true) => time.ToString("mm", CultureInfo.InvariantCulture),
        ('m', 1, _) => time.ToString("%M", CultureInfo.InvariantCulture),
        ('m', var length, _) => time.ToString(new string('M', Math.Min(length, 4)), CultureInfo.InvariantCulture),
        ('d', 1, _) => time.ToString("%d", CultureInfo.InvariantCulture),
        ('d', var length, _) => time.ToString(new string('d', Math.Min(length, 4)), CultureInfo.InvariantCulture),
        ('h', 1, _) => time.ToString(isTwelve ? "%h" : "%H", CultureInfo.InvariantCulture),
        ('h', _, _) => time.ToString(isTwelve ? "hh" : "HH", CultureInfo.InvariantCulture),
        ('s', 1, _) => time.ToString("%s", CultureInfo.InvariantCulture),
        _ => time.ToString("ss", CultureInfo.InvariantCulture),
    };

    /// <summary>An "m" beside hours or seconds means minutes.</summary>
    private static bool IsMinute(List<Token> tokens, int index) => tokens[index].Text[0] == 'm'
        && (tokens.Take(index).LastOrDefault(static token => token.Kind == TokenKind.Date)?.Text[0] == 'h'
            || tokens.Skip(index + 1).FirstOrDefault(static token => token.Kind == TokenKind.Date)?.Text[0] == 's');

    private static List<string> Split(string code)
    {
        var (sections, start, isQuoted) = (new List<string>(), 0, false);
        for (var at = 0; at < code.Length; at++)
        {
            isQuoted ^= code[at] == '"';
            if (code[at] == ';' && !isQuoted)
            {
                sections.Add(code[start..at]);
                start = at + 1;
            }
        }

        sections.Add(code[start..]);
        return sections;
    }

    private static List<Token> Tokens(string section)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < section.Length;)
        {
            var (token, length) = TokenAt(section, at);
            if (token is { Kind: TokenKind.Digits } && tokens is [.., { Kind: TokenKind.Digits } last])
            {
                tokens[^1] = last with { Text = last.Text + token.Text };
            }
            else if (token is not null)
            {
                tokens.Add(token);
            }

            at += length;
        }

        return tokens;
    }

    private static (Token? Token, int Length) TokenAt(string section, int at)
    {
        var rest = section.AsSpan(at);
        switch (rest[0])
        {
            case '"':
                var end = rest[1..].IndexOf('"');
                return end < 0 ? (null, rest.Length) : (new Token(TokenKind.Literal, rest.Slice(1, end).ToString()), end + 2);
            case '\\' when rest.Length > 1:
                return (new Token(TokenKind.Literal, rest[1].ToString()), 2);
            case '_' or '*' when rest.Length > 1:
                return (rest[0] == '_' ? new Token(TokenKind.Literal, " ") : null, 2);
            case '[':
                var close = rest.IndexOf(']');
                return close < 0 ? (null, rest.Length) : (Bracket(rest[1..close]), close + 1);
            case '%':
                return (new Token(TokenKind.Percent, "%"), 1);
            case '0' or '#' or '?' or '.' or ',':
                return (new Token(TokenKind.Digits, rest[0].ToString()), 1);
            case 'E' when rest.Length > 1 && rest[1] is '+' or '-':
                return (new Token(TokenKind.Digits, rest[..2].ToString()), 2);
        }

        if (rest.StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("A/P", StringComparison.OrdinalIgnoreCase))
        {
            return (new Token(TokenKind.Half, string.Empty), rest[1] is '/' ? 3 : 5);
        }

        var letter = char.ToLowerInvariant(rest[0]);
        if (letter is not ('y' or 'm' or 'd' or 'h' or 's'))
        {
            return (new Token(TokenKind.Literal, rest[0].ToString()), 1);
        }

        var length = 1;
        while (length < rest.Length && char.ToLowerInvariant(rest[length]) == letter)
        {
            length++;
        }

        return (new Token(TokenKind.Date, new string(letter, length)), length);
    }

    /// <summary>A currency, or elapsed time; colours, conditions and languages say nothing that is printed.</summary>
    private static Token? Bracket(ReadOnlySpan<char> inside) =>
        inside.StartsWith("$") ? new Token(TokenKind.Literal, inside[1..(inside.IndexOf('-') is var dash and > 0 ? dash : inside.Length)].ToString())
        : inside.Length is > 0 and < 4 && char.ToLowerInvariant(inside[0]) is 'h' or 'm' or 's' ? new Token(TokenKind.Date, inside.ToString().ToLowerInvariant())
        : null;

    private enum TokenKind
    {
        Literal,
        Digits,
        Percent,
        Date,
        Half,
    }

    private sealed record Token(TokenKind Kind, string Text);
}
