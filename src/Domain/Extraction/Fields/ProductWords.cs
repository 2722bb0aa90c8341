using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>The words that name kinds of accounts and loans.</summary>
internal static class ProductWords
{
    private static readonly string[] Kinds =
    [
        "CHECKING", "SAVING", "MONEY MARKET", "CERTIFICATE", "DEPOSIT", "LOAN", "NOTE", "MORTGAGE", "LINE OF CREDIT", "HELOC", "CREDIT",
        "IRA", "CURRENT",
        "SHARE", "AUTO", "EQUITY", "LEASE", "NOW ACCOUNT", "HSA", "CD", "DDA", "TERM", "CLUB",
    ];

    /// <summary>Words long enough to be told with a letter wrong.</summary>
    private static readonly string[] Vocabulary =
    [
        "CHECKING", "SAVINGS", "MONEY", "MARKET", "STUDENT", "CERTIFICATE", "DEPOSIT", "MORTGAGE", "COMMERCIAL", "AGRICULTURAL",
        "OPERATING", "FIXED", "ADJUSTABLE", "CREDIT",
        "EQUITY", "PREMIUM", "BUSINESS", "PERSONAL", "INTEREST", "CONSTRUCTION", "INSTALLMENT", "CONSUMER", "VEHICLE",
    ];

    /// <summary>True when an account type, in capitals, names a kind of account.</summary>
    public static bool Names(string category) =>
        Kinds.Any(word => $" {category} ".Contains(word.Length <= 3 ? $" {word} " : $" {word}", StringComparison.Ordinal));

    /// <summary>The account type with recognition slips in its words undone; unchanged when the page was not recognised.</summary>
    public static string Repair(string category, PageSource source) => source is PageSource.TextLayer
        ? category
        : string.Join(' ', category.ToUpperInvariant().Split(' ').Select(Repair));

    private static string Repair(string word) =>
        word.Length < 5 ? word : Vocabulary.FirstOrDefault(known => EditDistance.Between(known, word, 1) <= 1) ?? word;
}
