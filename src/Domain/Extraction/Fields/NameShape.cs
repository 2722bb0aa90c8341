using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Tells names of persons and firms from the other words of a form.</summary>
internal static class NameShape
{
    private const int MostWords = 8;

    private static readonly HashSet<string> Joining = new(StringComparer.OrdinalIgnoreCase)
    {
        "of", "and", "&", "the", "de", "la", "del", "da", "di", "von", "van", "der", "el", "y", "or",
    };

    private static readonly HashSet<string> Suffixes = new(StringComparer.OrdinalIgnoreCase) { "Jr", "Sr", "II", "III", "IV", "MD", "Esq", "DDS", "CPA", "PhD" };

    /// <summary>Words of forms that are no part of a person's or a firm's name.</summary>
    private static readonly HashSet<string> FormWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "account", "acct", "number", "no", "nbr", "date", "name", "names", "address", "phone", "telephone", "fax", "email", "e-mail",
        "signature", "initials", "initial", "title",
        "employer", "occupation", "relationship", "branch", "expires", "expiration", "balance", "payment", "amount", "due", "rate",
        "interest", "principal", "maturity", "period",
        "statement", "total", "page", "type", "description", "officer", "borrower", "borrowers", "lender", "guarantor", "customer",
        "member", "owner", "owners", "signer", "ssn",
        "tin", "tax", "birth", "id", "license", "opened", "opening", "deposit", "deposits", "routing", "aba", "checking", "savings",
        "individual", "joint", "purpose",
        "ownership", "sole", "proprietorship", "survivorship", "beneficiary", "beneficiaries", "summary", "information", "activity",
        "transaction", "transactions", "schedule",
        "agreement", "disclosure", "note", "terms", "conditions", "loan", "product", "primary", "secondary", "residence", "mailing",
        "home", "cell", "work", "contact",
        "questions", "call", "yes", "see", "please", "only", "use", "internal", "boxes", "above", "below", "dear", "authorized", "by",
        "this", "that", "is", "are", "for", "with",
        "your", "our", "you", "we", "to", "from", "on", "in", "at", "not", "if", "none", "n/a", "same", "credit", "debit", "withdrawals",
        "p.o", "po", "box", "collateral", "valued", "sir", "madam", "homeowner", "client",
    };

    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "statement", "account", "agreement", "card", "disclosure", "note", "schedule", "notice", "summary", "form", "worksheet",
        "application", "report", "letter",
    };

    private static readonly HashSet<string> BankWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "bank", "bancorp", "banc", "bankers", "banking", "thrift", "fcu", "financial", "lending", "n.a", "fsb", "bancshares", "trust",
        "savings", "mortgage", "credit", "union", "federal",
        "national", "loan", "deposit", "note",
    };

    private static readonly HashSet<string> BankEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "bank", "bancorp", "banc", "thrift", "fcu", "financial", "lending", "fsb", "bancshares", "na", "n.a", "union", "trust", "savings",
        "mortgage", "bankers", "cu",
    };

    private static readonly HashSet<string> FirmEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "inc", "llc", "llp", "lp", "ltd", "co", "corp", "corporation", "company", "pllc", "pc", "plc", "gmbh", "partners", "partnership",
        "association", "associates", "trust",
        "foundation", "group", "holdings", "enterprises", "industries", "services", "farms", "estate",
    };

    /// <summary>The leading words that make a name; none when the run does not start with one.</summary>
    public static IReadOnlyList<Word> Leading(IReadOnlyList<Word> words)
    {
        var from = words.Count > 1 && (words[0].Text is "X" or "x" || !words[0].Text.Any(char.IsLetterOrDigit)) ? 1 : 0;
        var name = new List<Word>();
        foreach (var word in words.Skip(from))
        {
            var bare = Bare(word.Text);
            if (!IsNameWord(word.Text, bare) || name.Count == MostWords)
            {
                break;
            }

            name.Add(word);
            if (word.Text[^1] is ':' or ';' || (word.Text[^1] is ',' && !IsSuffixNext(words, name.Count + from)))
            {
                break;
            }
        }

        while (name.Count > 0 && (Joining.Contains(Bare(name[^1].Text)) || IsScrawl(name)))
        {
            name.RemoveAt(name.Count - 1);
        }

        var stoppedEarly = name.Count + from < words.Count && name.Count > 0 && name.Count < 2;
        return stoppedEarly || !IsName(name) ? [] : name;
    }

    /// <summary>
    /// The words over an address at the head of a page: a firm's name, whatever its words, unless they title the document.
    /// </summary>
    public static IReadOnlyList<Word> Heading(IReadOnlyList<Word> words) =>
        words.Count is >= 2 and <= MostWords
        && words.All(word => IsNameWord(word.Text, Bare(word.Text)))
        && !words.Any(word => Titles.Contains(Bare(word.Text))) ? words : [];

    /// <summary>Two or more words, one of them of more than one letter, and not one of them a word of forms.</summary>
    public static bool IsName(IReadOnlyList<Word> words) =>
        words.Count >= 2 && words.Any(word => word.Text.Count(char.IsLetter) >= 3) && Bare(words[^1].Text).Length >= 2
        && (IsBank(words) || !words.Any(word => FormWords.Contains(Bare(word.Text))));

    /// <summary>True for two to five words that could be given names, initials and a surname.</summary>
    public static bool IsPerson(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 5 && !words.Any(word => word.Any(char.IsAsciiDigit) || word == "&") && char.IsUpper(words[0][0])
            && Bare(words[^1]).Length >= 2 && !IsOrganization(name);
    }

    /// <summary>True when the last word is that of a firm or a bank.</summary>
    public static bool IsOrganization(string name)
    {
        var last = Bare(name.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        return FirmEndings.Contains(last) || BankEndings.Contains(last);
    }

    /// <summary>True when the words name a bank: one of its usual words, the last one usually.</summary>
    public static bool IsBank(IReadOnlyList<Word> words) => words.Count is >= 2 and <= MostWords
        && words.Any(word => BankEndings.Contains(Bare(word.Text)))
        && !words.Any(word => FormWords.Contains(Bare(word.Text)) && !BankWords.Contains(Bare(word.Text)))
        && !words.All(word => BankWords.Contains(Bare(word.Text)) || Joining.Contains(Bare(word.Text)));

    private static bool IsNameWord(string text, string bare)
    {
        if (bare.Length == 0)
        {
            return text is "&";
        }

        return !bare.Any(char.IsAsciiDigit) && text[0] is not ('(' or '"' or '$') && (char.IsUpper(bare[0]) || Joining.Contains(bare));
    }

    /// <summary>A last word of one or two capitals after a name in mixed case is the recognised form of a signature's strokes.</summary>
    private static bool IsScrawl(List<Word> name)
    {
        var last = name[^1].Text;
        return name.Count >= 3 && last.Length <= 2 && !last.EndsWith('.') && !Suffixes.Contains(Bare(last))
            && !BankEndings.Contains(Bare(last)) && !FirmEndings.Contains(Bare(last))
            && name.Take(name.Count - 1).Any(word => word.Text.Any(char.IsLower));
    }

    private static bool IsSuffixNext(IReadOnlyList<Word> words, int next) =>
        next < words.Count && (Suffixes.Contains(Bare(words[next].Text)) || FirmEndings.Contains(Bare(words[next].Text))
            || BankEndings.Contains(Bare(words[next].Text)));

    private static string Bare(string text) => text.Trim('.', ',', ';', ':', '(', ')', '"', '\'');
}
