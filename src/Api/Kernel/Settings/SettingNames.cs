using System.Text.RegularExpressions;

namespace Idp.Api.Kernel.Settings;

/// <summary>Spells setting names: they compare without underscores and letter case, and print as environment variables.</summary>
internal static partial class SettingNames
{
    /// <summary><c>MAX_CONCURRENT_DOCUMENTS</c> and <c>MaxConcurrentDocuments</c> give the same key.</summary>
    public static string ToKey(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary><c>BATCH__MAX_CONCURRENT_DOCUMENTS</c>.</summary>
    public static string Print(string section, string property) => $"{section}__{WordStart().Replace(property, "_").ToUpperInvariant()}";

    /// <summary>True when a value of this name must never be shown.</summary>
    public static bool IsSecret(string printedName) =>
        printedName.EndsWith("KEY", StringComparison.Ordinal) || printedName.EndsWith("KEYS", StringComparison.Ordinal)
        || printedName.Contains("SECRET", StringComparison.Ordinal) || printedName.Contains("PASSWORD", StringComparison.Ordinal)
        || printedName.Contains("CONNECTION_STRING", StringComparison.Ordinal) || printedName.EndsWith("URI", StringComparison.Ordinal);

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
