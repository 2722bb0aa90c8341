using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>An account number as a document prints it: whole, or masked down to its last characters.</summary>
/// <remarks>
/// Two numbers are compared by <see cref="Key"/>, so that one number in two formats is one. Comparing the records themselves compares the printed form.
/// </remarks>
public sealed partial record AccountNumber
{
    /// <summary>The longest that any scheme uses (an IBAN).</summary>
    private const int LongestCharacters = 34;

    private const int FewestDigits = 4;

    /// <summary>A mask that shows fewer characters identifies nothing.</summary>
    private const int FewestVisible = 3;

    private static readonly char[] Wrapping = [' ', ',', ';', ':', '(', ')', '[', ']', '\'', '"', '’', '‘', '“', '”', '|', '_', '—'];

    private AccountNumber(string printed, string characters, bool isMasked)
    {
        Printed = printed;
        Characters = characters;
        IsMasked = isMasked;
    }

    /// <summary>The number as printed, white space collapsed: <c>68 9985 8679</c>, <c>LN-2019-792337</c>, <c>****9895</c>.</summary>
    public string Printed { get; }

    /// <summary>Its letters (upper case) and digits alone; of a masked number only those that show.</summary>
    public string Characters { get; }

    /// <summary>True when only the end of the number shows.</summary>
    public bool IsMasked { get; }

    /// <summary>What tells one whole number from another, whatever its format: separators and leading zeros do not count.</summary>
    public string Key => IsMasked ? "*" + Characters : Trimmed(Characters);

    /// <summary>How results name the account: a whole number as printed, a masked one as <c>****</c> and what shows of it.</summary>
    public string Value => IsMasked ? "****" + Characters : Printed;

    /// <summary>Reads a printed number: separators, letter prefixes, masks (<c>x9895</c>, <c>XXXXXX-1234</c>, <c>ending in 1234</c>).</summary>
    /// <param name="printed">The words of the number, without its label.</param>
    /// <returns>The number, or null when the words are none: too few digits, a date, an amount, a social security number.</returns>
    public static AccountNumber? Parse(string printed)
    {
        var tidy = WhiteSpace().Replace(printed, " ").Trim(Wrapping).TrimEnd('.');
        tidy = tidy.StartsWith("..", StringComparison.Ordinal) ? tidy : tidy.TrimStart('.', ' ');
        return ParseMasked(tidy) ?? ParseWhole(tidy);
    }

    /// <summary>Reads a number that recognition may have misread: letters among the digits that look like digits become digits.</summary>
    /// <param name="printed">The recognised words.</param>
    /// <returns>The number, or null when the words are none.</returns>
    public static AccountNumber? ParseRecognised(string printed)
    {
        var repaired = printed.ToCharArray();
        for (var i = 0; i < repaired.Length; i++)
        {
            var folded = OcrConfusion.Fold(repaired[i]);
            if (folded != repaired[i] && char.IsAsciiDigit(folded) && IsAmongDigits(repaired, i))
            {
                repaired[i] = folded;
            }
        }

        return Parse(new string(repaired)) ?? Parse(printed);
    }

    /// <summary>True when both may name one account: whole numbers with the same key, or a masked one that the other ends with.</summary>
    public bool IsSameAs(AccountNumber other) => (IsMasked, other.IsMasked) switch
    {
        (false, false) => Key.Equals(other.Key, StringComparison.Ordinal),
        (true, false) => other.Characters.EndsWith(Characters, StringComparison.Ordinal),
        (false, true) => Characters.EndsWith(other.Characters, StringComparison.Ordinal),
        _ => Characters.EndsWith(other.Characters, StringComparison.Ordinal) || other.Characters.EndsWith(Characters, StringComparison.Ordinal),
    };

    /// <summary>How many characters differ, those that recognition confuses (O and 0, l and 1, S and 5, B and 8) counting as equal.</summary>
    /// <remarks>A masked number is compared with the end of the other.</remarks>
    public int SlipsFrom(AccountNumber other)
    {
        if (IsMasked == other.IsMasked)
        {
            return OcrConfusion.Distance(Characters, other.Characters);
        }

        var (tail, whole) = IsMasked ? (Characters, other.Characters) : (other.Characters, Characters);
        return OcrConfusion.Distance(tail, whole[^Math.Min(tail.Length, whole.Length)..]);
    }

    /// <summary>The number with other last characters, printed in the same format.</summary>
    /// <param name="tail">The letters and digits with which it ends; no more than the number has.</param>
    internal AccountNumber WithTail(string tail)
    {
        var printed = Printed.ToCharArray();
        var at = tail.Length - 1;
        for (var i = printed.Length - 1; i >= 0 && at >= 0; i--)
        {
            if (char.IsAsciiLetterOrDigit(printed[i]))
            {
                printed[i] = tail[at--];
            }
        }

        return new AccountNumber(new string(printed), Characters[..^tail.Length] + tail, IsMasked);
    }

    private static bool IsAmongDigits(char[] characters, int index)
    {
        var before = index > 0 && (char.IsAsciiDigit(characters[index - 1]) || characters[index - 1] is '-');
        var after = index + 1 < characters.Length && char.IsAsciiDigit(OcrConfusion.Fold(characters[index + 1]));
        var ends = index + 1 == characters.Length || characters[index + 1] is '-' or ' ';
        return before && (after || ends);
    }

    private static AccountNumber? ParseMasked(string tidy)
    {
        var match = Masked().Match(tidy);
        if (!match.Success || MaskedSecurityNumber().IsMatch(tidy))
        {
            return null;
        }

        var characters = Letters(match.Groups["tail"].Value);
        return characters.Length >= FewestVisible ? new AccountNumber(tidy, characters, isMasked: true) : null;
    }

    private static AccountNumber? ParseWhole(string tidy)
    {
        if (!Whole().IsMatch(tidy) || OtherNumber().IsMatch(tidy) || IsDate(tidy))
        {
            return null;
        }

        var characters = Letters(tidy);
        var digits = characters.Count(char.IsAsciiDigit);
        return digits >= FewestDigits && digits * 2 >= characters.Length && characters.Length <= LongestCharacters
            ? new AccountNumber(tidy, characters, isMasked: false)
            : null;
    }

    private static bool IsDate(string tidy)
    {
        var match = DateLike().Match(tidy);
        if (!match.Success)
        {
            return false;
        }

        var parts = tidy.Split('-', '/', '.', ' ');
        var inner = parts[0].Length is 4 ? parts[1..] : parts[..2];
        return inner.All(part => !int.TryParse(part, out var number) || number is >= 1 and <= 31)
            && inner.Any(part => !int.TryParse(part, out var number) || number <= 12);
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static string Trimmed(string characters) =>
        characters.TrimStart('0') is { Length: >= FewestDigits } trimmed ? trimmed : characters;

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(
        @"^(?:(?:[*•●#xX✱∗·]{2,}|[xX*•#]|\.{2,}|…)(?:[\s-]*[*•●#xX✱∗·]+)*[\s.-]*(?<tail>[0-9]{3,5})|(?:ending|ends)(?:\s+(?:in|with))?\s*:?\s*(?:[*xX#•.]*)(?<tail>[0-9A-Za-z]{3,6}))$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Masked();

    [GeneratedRegex(@"^[*xX#•]{3}-[*xX#•]{2}-\d{4}$", RegexOptions.NonBacktracking)]
    private static partial Regex MaskedSecurityNumber();

    [GeneratedRegex(@"^[A-Za-z]{0,4}[ -]?[0-9][0-9A-Za-z]*(?:[ ./–-][0-9A-Za-z]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Whole();

    /// <summary>A social security number, an amount, an ordinal or a rate.</summary>
    [GeneratedRegex(@"^(?:\d{3}-\d{2}-\d{4}|\d{1,3}(?:[. ]\d{3})*[.]\d{2}|\d+\.\d{1,3}|\d+(?:st|nd|rd|th))$", RegexOptions.NonBacktracking)]
    private static partial Regex OtherNumber();

    [GeneratedRegex(@"^(?:\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})$", RegexOptions.NonBacktracking)]
    private static partial Regex DateLike();
}
