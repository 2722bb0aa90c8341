using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads e-mail addresses.</summary>
public static partial class EmailNormalizer
{
    private const int Timeout = 250;

    /// <summary>
    /// The address in lower case, or null when the text is none. Spaces around the marks and a comma for a dot are forgiven.
    /// </summary>
    public static string? Normalize(string printed)
    {
        var text = PrintedText.Tidy(printed).Trim(' ', '<', '>', '(', ')', '[', ']', ',', ';', '.', ':', '|', '_', '"', '\'');
        text = AroundMark().Replace(text.Replace('\u00A9', '@').Replace('\u00AE', '@'), "$1");
        text = Lead().Replace(text, string.Empty).Replace(',', '.').ToLowerInvariant();
        return Shape().IsMatch(text) ? text : null;
    }

    [GeneratedRegex(@" ?([@.,]) ?", RegexOptions.None, Timeout)]
    private static partial Regex AroundMark();

    [GeneratedRegex(@"^(?:mailto|e-?mail(?: address)?) ?: ?", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._%+'-]*@[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,24}$", RegexOptions.None, Timeout)]
    private static partial Regex Shape();
}
