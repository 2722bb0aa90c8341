using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads postal addresses.</summary>
public static partial class AddressNormalizer
{
    private const int Timeout = 250;

    /// <summary>
    /// The lines joined by <c>", "</c>; addresses printed in capitals are given lower case, state codes and directions excepted.
    /// Null when the text has fewer than three letters.
    /// </summary>
    /// <param name="printed">The address; line breaks part its lines.</param>
    public static string? Normalize(string printed)
    {
        var lines = printed.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => PrintedText.Tidy(line).Trim(' ', ',', ';', '|', '_', ':'))
            .Where(line => line.Length > 0);
        var text = BeforeComma().Replace(string.Join(", ", lines), ", ").Trim();
        if (text.Count(char.IsLetter) < 3)
        {
            return null;
        }

        return PrintedText.IsUpper(text) ? MixedCase(text) : text;
    }

    private static string MixedCase(string text) =>
        Region().Replace(NameNormalizer.ToMixedCase(text), match => match.Value.ToUpperInvariant());

    [GeneratedRegex(@" ?, ?", RegexOptions.None, Timeout)]
    private static partial Regex BeforeComma();

    [GeneratedRegex(@"\b[A-Z][a-zA-Z](?= [0-9]{5})|\b(?:N|S|E|W|Ne|Nw|Se|Sw|Po)\b", RegexOptions.None, Timeout)]
    private static partial Regex Region();
}
