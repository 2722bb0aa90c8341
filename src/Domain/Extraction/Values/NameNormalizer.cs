namespace Idp.Domain.Extraction;

/// <summary>Reads names of persons and firms.</summary>
public static class NameNormalizer
{
    private static readonly HashSet<string> KeptUpper = new(StringComparer.Ordinal)
    {
        "LLC", "LLP", "LP", "PLLC", "PC", "PA", "FSB", "NA", "N.A.", "FCU", "CU", "USA", "US", "II", "III", "IV", "DBA", "TTEE", "JPMC",
    };

    private static readonly HashSet<string> KeptLower = new(StringComparer.Ordinal) { "AND", "OF", "THE", "DE", "DA", "VON", "VAN", "FOR" };

    /// <summary>
    /// The name with single spaces; names printed in capitals are given lower case. Null when the text has fewer than two letters or is
    /// mostly digits.
    /// </summary>
    public static string? Normalize(string printed)
    {
        var text = PrintedText.Tidy(printed).Trim(' ', ',', ';', ':', '|', '_', '(', ')', '"', '*', '-', '=', '~');
        var letters = text.Count(char.IsLetter);
        if (letters < 2 || text.Count(char.IsAsciiDigit) > letters || text.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        return PrintedText.IsUpper(text) ? ToMixedCase(text) : text;
    }

    /// <summary>Capitals to mixed case: <c>HUGO MCALLISTER</c> to <c>Hugo McAllister</c>.</summary>
    internal static string ToMixedCase(string text) =>
        string.Join(' ', text.Split(' ').Select((word, at) => ToMixedCase(word, at == 0)));

    private static string ToMixedCase(string word, bool first)
    {
        if (KeptUpper.Contains(word.Trim(',', '.'))
            || (word.Length <= 3 && !word.Any(IsVowel) && word.All(char.IsLetter) && word.Length > 1 && !IsTitle(word)))
        {
            return word;
        }

        if (!first && KeptLower.Contains(word))
        {
            return word.ToLowerInvariant();
        }

        var mixed = word.ToLowerInvariant().ToCharArray();
        for (var at = 0; at < mixed.Length; at++)
        {
            var startsPart = at == 0 || mixed[at - 1] is '-' or '\'' or '.' or '(' or '/' or '&';
            var followsMc = at == 2 && mixed[0] == 'M' && mixed[1] == 'c' && mixed.Length > 4;
            var isPossessive = at > 0 && mixed[at - 1] == '\'' && at == mixed.Length - 1;
            if ((startsPart && !isPossessive) || followsMc)
            {
                mixed[at] = char.ToUpperInvariant(mixed[at]);
            }
        }

        return new string(mixed);
    }

    private static bool IsVowel(char letter) => letter is 'A' or 'E' or 'I' or 'O' or 'U' or 'Y';

    private static bool IsTitle(string word) => word is "JR" or "SR" or "MR" or "MRS" or "MS" or "DR" or "ST" or "LN" or "CT" or "RD" or "MT" or "FT" or "PL" or "LTD";
}
