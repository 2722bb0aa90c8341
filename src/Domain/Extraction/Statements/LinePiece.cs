using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>What a piece of a statement's line is.</summary>
internal enum PieceKind
{
    /// <summary>A word of a label or heading.</summary>
    Word,

    /// <summary>A number.</summary>
    Figure,

    /// <summary>A dash that stands for zero.</summary>
    Dash,

    /// <summary>A currency sign, a speck, a row of dots.</summary>
    Sign,
}

/// <summary>A word of a statement's line, or several that make one number.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The characters.</param>
/// <param name="Words">The page's words, straightened.</param>
/// <param name="Box">What they cover.</param>
/// <param name="Value">The number; 0 for a dash and for anything that is no number.</param>
internal sealed partial record LinePiece(PieceKind Kind, string Text, IReadOnlyList<Word> Words, Box Box, decimal Value)
{
    /// <summary>Digits of one number stand closer than this many of their heights.</summary>
    private const double NumberGap = 0.4;

    /// <summary>Groups of thousands that a space separates stand closer than this, in typewriter faces too; columns are further apart.</summary>
    private const double GroupGap = 0.8;

    /// <summary>Longer words are no numbers.</summary>
    private const int LongestNumber = 28;

    /// <summary>True for a number with a per cent sign.</summary>
    public bool IsPercent => Kind is PieceKind.Figure && Text.Contains('%', StringComparison.Ordinal);

    /// <summary>True for a number or a dash.</summary>
    public bool IsValue => Kind is PieceKind.Figure or PieceKind.Dash;

    /// <summary>True for a whole number without separators that may be a year.</summary>
    public bool IsYear => Kind is PieceKind.Figure && YearOf(Text) is not null;

    /// <summary>The right edge of the digits: what closes a number (a bracket, a per cent sign) hangs over the edge of its column.</summary>
    public double Edge
    {
        get
        {
            var hanging = Text.Length - Text.TrimEnd(')', ']', '}', '%', ' ').Length;
            return Kind is PieceKind.Figure && hanging > 0 && Text.Length > hanging ? Box.Right - (Box.Width * hanging / Text.Length) : Box.Right;
        }
    }

    /// <summary>Cuts a line into its pieces, from left to right.</summary>
    /// <param name="words">The words of the line, from left to right.</param>
    /// <param name="aspect">Height of the page through its width.</param>
    /// <param name="recognised">True when the words come from recognition, which slips.</param>
    public static IReadOnlyList<LinePiece> Of(IReadOnlyList<Word> words, double aspect, bool recognised)
    {
        var pieces = new List<LinePiece>();
        for (var at = 0; at < words.Count; at++)
        {
            var next = Make([words[at]], recognised);
            if (pieces.Count > 0 && Joined(pieces[^1], next, aspect, recognised) is { } joined)
            {
                pieces[^1] = joined;
            }
            else
            {
                pieces.Add(next);
            }
        }

        return pieces;
    }

    /// <summary>Reads a number as it is printed in a statement; null for what is none.</summary>
    /// <param name="printed">The characters.</param>
    /// <param name="recognised">True to forgive what recognition does to digits, signs and separators.</param>
    public static decimal? Read(string printed, bool recognised)
    {
        if (printed.Length > LongestNumber)
        {
            return null;
        }

        var text = recognised ? Repaired(PrintedText.Tidy(Smears().Replace(printed, string.Empty))) : PrintedText.Tidy(printed);
        // A comma before three digits groups thousands, even where the first digit was lost: "02,859".
        var match = Number().Match(text);
        if (recognised && match.Success && Headless().IsMatch(match.Groups["number"].Value))
        {
            match = Number().Match(text.Replace(",", string.Empty, StringComparison.Ordinal));
        }

        if (!match.Success || MoneyNormalizer.Plain(match.Groups["number"].Value) is not { } plain
            || !decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        // A bracket at one side alone is a slip of recognition or of the words' order; nothing else opens or closes a number.
        var negative = match.Groups["open"].Success || match.Groups["close"].Success || match.Groups["minus"].Success;
        return negative ? -value : value;
    }

    /// <summary>The year that a text names: <c>2022</c>, <c>FY22</c>, <c>2022/23</c> (the latter of both); null when it is none.</summary>
    public static int? YearOf(string text)
    {
        var match = Year().Match(text.Trim(' ', ',', '.', ':', ';', '(', ')', '*', '|', '_', '\'', '"', '`'));
        if (!match.Success)
        {
            return null;
        }

        var first = match.Groups["year"].Success
            ? int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture)
            : 2000 + int.Parse(match.Groups["short"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["second"].Success ? first + 1 : first;
    }

    private static LinePiece Make(IReadOnlyList<Word> words, bool recognised)
    {
        var text = string.Concat(words.Select(word => word.Text));
        var box = Box.Union(words.Select(word => word.Box));
        return DashText().IsMatch(text) || (recognised && SmearedDash().IsMatch(text)) ? new LinePiece(PieceKind.Dash, text, words, box, 0)
            : !text.Any(char.IsLetterOrDigit) || CurrencyText().IsMatch(text) ? new LinePiece(PieceKind.Sign, text, words, box, 0)
            : Read(text, recognised) is { } value ? new LinePiece(PieceKind.Figure, text, words, box, value)
            : new LinePiece(PieceKind.Word, text, words, box, 0);
    }

    /// <summary>Two pieces as one number: a bracket and its digits, groups of thousands, a number that recognition tore.</summary>
    private static LinePiece? Joined(LinePiece left, LinePiece right, double aspect, bool recognised)
    {
        var height = Math.Max(left.Box.Height, right.Box.Height) * aspect;
        var gap = right.Box.X - left.Box.Right;
        var opens = left.Kind is PieceKind.Sign && Opening().IsMatch(left.Text) && right.Kind is PieceKind.Figure;
        var closes = left.Kind is PieceKind.Figure && right.Kind is PieceKind.Sign && Closing().IsMatch(right.Text) && gap < height;
        var minus = left.Kind is PieceKind.Dash && right.Kind is PieceKind.Figure && gap < height * NumberGap && left.Text.Length == 1;
        var groups = left.Kind is PieceKind.Figure && right.Kind is PieceKind.Figure && gap < height * GroupGap && Leading().IsMatch(left.Text) && Group().IsMatch(right.Text);
        var torn = recognised && gap < height * 0.7 && left.Kind is PieceKind.Figure or PieceKind.Sign && right.Kind is PieceKind.Figure or PieceKind.Sign
            && (TornLeft().IsMatch(left.Text) || TornRight().IsMatch(right.Text));
        if (!(opens && gap < height * 4) && !closes && !minus && !groups && !(torn && (left.Kind is PieceKind.Figure || right.Kind is PieceKind.Figure)))
        {
            return null;
        }

        var joined = Make([.. left.Words, .. right.Words], recognised);
        return joined.Kind is PieceKind.Figure ? joined with { Text = opens || groups ? $"{left.Text}{(groups ? " " : string.Empty)}{right.Text}" : joined.Text } : null;
    }

    private static string Repaired(string text)
    {
        var plain = string.Concat(text.Select(character => character switch { '{' or '[' or '\u00AB' => '(', '}' or ']' => ')', _ => character }))
            .Trim('"', '\'', '`', '|', ':', ';', '_', '~', '*', '=', '\u00B0', '\u2019', '\u2018', '\u00A7', '\u00A2', '\u00A9', '\u00AE');
        plain = Specks().Replace(plain, "$1");
        if (plain.Length > 2 && plain[0] is 'S' or 's' or 'C' && plain.Skip(1).Count(char.IsAsciiDigit) * 2 >= plain.Length)
        {
            // A dollar sign is taken for an S, an opening bracket for a C; no number begins with a zero, so before one an S is a five.
            plain = plain[0] is 'C' ? $"({plain[1..]}" : plain[1] is '0' && plain[2] is not ('.' or ',') ? $"5{plain[1..]}" : plain[1..];
        }

        return PrintedText.RepairDigits(plain, 0.6).TrimEnd('.', ',');
    }

    [GeneratedRegex(
        @"^(?:US|CA|A|C|HK|NZ|R|RMB|AED|CHF|EUR|USD|GBP)?[$\u20AC\u00A3\u00A5]?(?<minus>-)?(?<open>\()?[$\u20AC\u00A3\u00A5]?(?<minus>-)?(?<number>[0-9]{1,3}(?:[ ,.'][0-9]{3})+(?:[.,][0-9]{1,4})?|[0-9]+(?:[.,][0-9]{1,4})?|[.,][0-9]{1,4})(?:%?(?<close>\))%?|(?<minus>-)|%)?(?:\([0-9a-z]\)|[*\u2020\u2021])?$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:FY|fy|CY)?'?(?:(?<year>(?:19|20)[0-9]{2})[AEF]?(?<second>[/\u2013-](?:20)?[0-9]{2})?|(?<=FY|fy|CY|'|FY')(?<short>[0-9]{2}))$", RegexOptions.None, 250)]
    private static partial Regex Year();

    [GeneratedRegex(@"^[$\u20AC\u00A3\u00A5]? ?[-\u2010-\u2015\u2212]{1,3}[,.]?$", RegexOptions.NonBacktracking)]
    private static partial Regex DashText();

    [GeneratedRegex(@"^(?:[-\u2010-\u2015\u2212_~=\u2014]{1,4}|\u2014-|-\u2014)$", RegexOptions.NonBacktracking)]
    private static partial Regex SmearedDash();

    [GeneratedRegex(@"^(?:US\$|CA\$|A\$|C\$|HK\$|NZ\$|R\$|USD|EUR|GBP|CHF|RMB|RM|Rs\.?|[$\u20AC\u00A3\u00A5]?['\u2019]?000['\u2019]?s?)$", RegexOptions.NonBacktracking)]
    private static partial Regex CurrencyText();

    [GeneratedRegex(@"^[$\u20AC\u00A3\u00A5]?[(\[{]?[$\u20AC\u00A3\u00A5]?[(\[{]$|^[(\[{][$\u20AC\u00A3\u00A5]$", RegexOptions.NonBacktracking)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^[)\]}]?%?[)\]}]?$", RegexOptions.NonBacktracking)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^[$\u20AC\u00A3\u00A5]?[-\u2212]?\(?[0-9]{1,3}(?:[ \u00A0][0-9]{3})*$", RegexOptions.NonBacktracking)]
    private static partial Regex Leading();

    [GeneratedRegex(@"^[0-9]{3}(?:[.,][0-9]{1,2})?\)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Group();

    [GeneratedRegex(@"[0-9][.,]$|^[.,]$", RegexOptions.NonBacktracking)]
    private static partial Regex TornLeft();

    [GeneratedRegex(@"^[.,](?:[0-9]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex TornRight();

    /// <summary>Strokes and signs of the next column that recognition adds at the end.</summary>
    [GeneratedRegex(@"[\u2014\u2013_~\u00AB\u00BB|<>$\u00A3\u20AC\u00B0^]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Smears();

    [GeneratedRegex(@"^0[0-9]*,[0-9]{3}$", RegexOptions.NonBacktracking)]
    private static partial Regex Headless();

    /// <summary>Doubled separators: <c>1,.234</c>.</summary>
    [GeneratedRegex(@"([.,])[.,]+", RegexOptions.NonBacktracking)]
    private static partial Regex Specks();
}
