using System.Text.RegularExpressions;

namespace Idp.Simulators.Web;

/// <summary>Finds quotes in texts, whatever the white space between their words.</summary>
internal static partial class SentText
{
    /// <summary>Whether a text has a quote. An empty quote is nowhere.</summary>
    public static bool Has(string text, string quote) => Collapse(quote) is { Length: > 0 } words && Collapse(text).Contains(words, StringComparison.Ordinal);

    private static string Collapse(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
