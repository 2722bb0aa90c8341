using System.Collections.Frozen;

namespace Idp.Domain.Extraction;

/// <summary>How surely a label announces the number of an account.</summary>
internal enum LabelStrength
{
    /// <summary>The word for an account alone: <c>Account</c>. It may also head a customer number or a sentence.</summary>
    Bare,

    /// <summary>It says what kind of account: <c>Loan Account</c>.</summary>
    Kind,

    /// <summary>It says that a number follows: <c>Account Number</c>, <c>ACCT NBR</c>, <c>Loan #</c>.</summary>
    Numbered,
}

/// <summary>Knows the spellings in which account numbers are announced.</summary>
/// <remarks>Labels are compared squashed: letters and <c>#</c> only, in lower case, so that spacing, dots and slashes do not matter.</remarks>
internal static class AccountLabels
{
    /// <summary>A label has at most this many words.</summary>
    public const int MostWords = 5;

    private const int ShortestFuzzy = 8;

    private static readonly string[] Kinds =
    [
        string.Empty, "loan", "deposit", "checking", "savings", "share", "mortgage", "bank", "card", "creditcard", "credit", "your", "primary", "member",
        "moneymarket", "certificate", "brokerage", "investment", "note", "lineofcredit", "heloc", "cd", "personal", "business", "client", "ira", "our",
        "current", "cheque", "time", "demand", "line", "new", "this", "subject",
    ];

    private static readonly string[] Nouns = ["account", "accounts", "acct", "accts", "ac", "accnt", "acnt", "acc", "acount", "accountloan", "acctloan"];

    private static readonly string[] Loans =
    [
        "loan", "note", "mortgage", "certificate", "contract", "facility", "lineofcredit", "creditline", "promissorynote", "mortgageloan", "homeloan",
        "autoloan", "creditcard", "card", "cd", "policyloan", "lease", "agreement", "obligation",
    ];

    private static readonly string[] Suffixes = ["number", "no", "nbr", "nmbr", "numb", "num", "nr", "nos", "numbers", "#", "id", "number#", "no#"];

    private static readonly FrozenSet<string> Numbered = (
        from kind in Kinds from noun in Nouns from suffix in Suffixes select kind + noun + suffix)
        .Concat(from loan in Loans from suffix in Suffixes select loan + suffix)
        .Concat(from loan in Loans from suffix in Suffixes select "your" + loan + suffix)
        .Concat(["loanaccountnumberis", "accountnumberis", "numberofaccount", "iban"])
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Kind = (
        from kind in Kinds where kind.Length > 0 from noun in Nouns where !noun.EndsWith('s') select kind + noun).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Bare = Nouns.Except(["accounts"]).Concat(["loan"]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<int, string[]> LongByLength = Numbered.Where(label => label.Length >= ShortestFuzzy)
        .GroupBy(label => label.Length).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Letters and <c>#</c> of a word, in lower case; the sign for "number" counts as <c>#</c>.</summary>
    public static string Squash(string text) => string.Concat(text.Where(character => char.IsLetter(character) || character is '#' or '№' or '|')
        .Select(character => character switch { '№' => '#', '|' => 'l', _ => char.ToLowerInvariant(character) }));

    /// <summary>The strength of a squashed label, or null when it announces no account number.</summary>
    /// <param name="squashed">The words, squashed.</param>
    /// <param name="recognised">True for words from recognition: one wrong letter in a long label is forgiven.</param>
    public static LabelStrength? StrengthOf(string squashed, bool recognised)
    {
        if (Numbered.Contains(squashed))
        {
            return LabelStrength.Numbered;
        }

        if (Bare.Contains(squashed))
        {
            return LabelStrength.Bare;
        }

        if (Kind.Contains(squashed))
        {
            return LabelStrength.Kind;
        }

        return recognised && LongByLength.TryGetValue(squashed.Length, out var labels) && Array.Exists(labels, label => DiffersByOne(label, squashed))
            ? LabelStrength.Numbered
            : null;
    }

    /// <summary>True for a word that turns a bare label into a numbered one when it stands beneath it.</summary>
    public static bool IsSuffix(string squashed) => Suffixes.Contains(squashed, StringComparer.Ordinal);

    private static bool DiffersByOne(string label, string squashed)
    {
        var differences = 0;
        for (var i = 0; i < label.Length && differences < 2; i++)
        {
            differences += label[i] == squashed[i] ? 0 : 1;
        }

        return differences < 2;
    }
}
