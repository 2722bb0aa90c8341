using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>What a title announces.</summary>
internal enum TitleKind
{
    /// <summary>A statement of income under any of its names.</summary>
    Income,

    /// <summary>A statement of comprehensive income: the statement of income only where there is no other.</summary>
    Comprehensive,

    /// <summary>A balance sheet under any of its names.</summary>
    Balance,

    /// <summary>A statement of cash flows.</summary>
    CashFlow,

    /// <summary>Anything else that ends a statement: changes in equity, notes, a schedule.</summary>
    Other,
}

/// <summary>The title of a statement, or of something that ends one.</summary>
/// <param name="Kind">What it announces.</param>
/// <param name="IsParent">True for the parent company alone.</param>
/// <param name="IsConsolidated">True when it says consolidated, combined or group.</param>
/// <param name="IsContinued">True when it continues the page before.</param>
/// <param name="Text">The title as printed.</param>
internal sealed partial record StatementTitle(TitleKind Kind, bool IsParent, bool IsConsolidated, bool IsContinued, string Text)
{
    /// <summary>Longer lines are prose.</summary>
    private const int MostWords = 24;

    private const int MostCharacters = 220;

    /// <summary>A firm's name may stand before the title on the same line.</summary>
    private const int MostNameWords = 7;

    private static readonly string[] TitleWords =
    [
        "statement", "statements", "balance", "sheet", "sheets", "income", "operations", "earnings", "consolidated", "condensed", "flows", "financial", "position",
        "condition", "comprehensive", "profit", "equity", "changes",
    ];

    private static readonly string[] Tell =
        ["tatem", "stat", "ement", "balan", "sheet", "income", "cash", "profit", "equity", "notes", "schedule", "exhibit", "appendix", "position", "condition", "consolid", "item "];

    /// <summary>Words that only stand in lines which mention a statement.</summary>
    private static readonly HashSet<string> Spoilers = new(StringComparer.Ordinal)
    {
        "see", "our", "these", "those", "this", "that", "which", "notes", "index", "selected", "reconciliation", "reconciliations", "consolidating", "forma", "refer", "located", "location",
        "caption", "captions", "classification", "classified", "presentation", "presented", "disclosure", "disclosures", "components", "impact", "effect", "effects", "analysis", "review",
        "discussion", "segment", "quarterly", "highlights", "adjusted", "adjustments", "included", "recorded", "recognized", "recognised", "reported", "following", "accompanying", "integral", "within",
        "exposure", "sensitivity", "summary", "audit", "auditors", "report", "items", "derivative", "derivatives", "leases", "lease", "information", "table", "is", "are", "was", "were", "be", "has", "have",
        "line",
    };

    /// <summary>Words that may follow a title on its line.</summary>
    private static readonly HashSet<string> Followers = new(StringComparer.Ordinal)
    {
        "consolidated", "condensed", "unaudited", "audited", "continued", "concluded", "cont", "contd", "interim", "group", "company", "parent", "only", "combined", "and", "or", "other", "comprehensive", "income", "loss", "losses", "profit",
        "earnings", "deficit", "retained", "expenditure", "expense", "expenses", "stockholders", "shareholders", "members", "owners", "equity", "changes", "in", "of", "the", "for", "as", "at", "on", "to", "from", "year", "years", "fiscal", "month", "months", "quarter", "quarters", "week", "weeks",
        "half", "six", "three", "nine", "twelve", "thirteen", "ended", "ending", "end", "period", "periods", "thousands", "millions", "billions", "thousand", "million", "billion", "hundreds", "except", "per", "share", "shares", "unit", "data", "amounts", "par", "value", "values", "number", "numbers", "dollars",
        "u", "s", "us", "usd", "eur", "gbp", "m", "000", "000s", "expressed", "stated", "currency", "registrant", "by", "nature", "function", "ifrs", "gaap", "statement", "statements", "balance", "sheet", "sheets", "operations", "direct", "indirect", "method", "accounts", "account", "all", "where", "otherwise", "unless", "indicated", "noted", "which", "are", "reflected", "that",
    };

    /// <summary>Words that may stand before a title on its line, whatever their case.</summary>
    private static readonly HashSet<string> Leaders = new(StringComparer.Ordinal)
    {
        "consolidated", "condensed", "unaudited", "audited", "interim", "group", "company", "parent", "combined", "separate", "standalone", "stand", "alone", "statutory", "the", "and", "its", "subsidiaries", "item", "schedule", "i", "ii", "a", "b", "c", "comparative", "annual", "summarized", "summarised", "half", "year", "full",
        "of", "only", "registrant", "s",
    };

    /// <summary>Reads a line as a title; null when it is none.</summary>
    /// <param name="text">The line as printed.</param>
    /// <param name="recognised">True when the words come from recognition, which slips.</param>
    public static StatementTitle? Read(string text, bool recognised)
    {
        if (text.Length is < 9 or > MostCharacters)
        {
            return null;
        }

        var words = LooseText.Fold(text.Replace("'s", "s", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > MostWords)
        {
            return null;
        }

        var folded = string.Join(' ', recognised ? words.Select(Repaired) : words);
        return KindOf(folded) is { } found && IsHeading(folded, found.Match, text) ? Make(found.Kind, folded, text)
            : !EndsSentence(text) && Torn().Match(folded.Replace(" ", string.Empty, StringComparison.Ordinal)) is { Success: true } torn ? OfTorn(torn, folded, text)
            : OtherHeading().IsMatch(folded) ? new StatementTitle(TitleKind.Other, false, false, false, text)
            : null;
    }

    /// <summary>True for the heading of another part of a report that ends in a number: <c>Exhibit 5</c>.</summary>
    public static bool IsPartHeading(string text) => text.Length <= 14 && OtherHeading().IsMatch(LooseText.Fold(text));

    /// <summary>True for a line that goes on in the next one: <c>CONSOLIDATED STATEMENTS OF</c>.</summary>
    public static bool IsOpen(string text) => text.Length < MostCharacters && Unfinished().IsMatch(LooseText.Fold(text));

    /// <summary>A cheap test before others: parts of words that titles have, short enough for one of them to survive recognition.</summary>
    public static bool MayBe(string text) =>
        text.Length is >= 4 and <= MostCharacters && Array.Exists(Tell, part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a line near a title that says that it is about the parent company alone.</summary>
    public static bool SaysParent(string text) => text.Length <= MostCharacters && ParentNear().IsMatch(LooseText.Fold(text));

    /// <summary>True for the title with which the notes begin.</summary>
    public static bool BeginsNotes(string text) => NotesTitle().IsMatch(LooseText.Fold(text));

    /// <summary>A title whose words recognition tore apart or ran together: <c>STATEMENTS OF C ASH FLOWS</c>.</summary>
    private static StatementTitle OfTorn(Match torn, string folded, string text) => Make(
        torn.Groups["cash"].Success ? TitleKind.CashFlow : torn.Groups["balance"].Success ? TitleKind.Balance : TitleKind.Income, folded, text);

    private static StatementTitle Make(TitleKind kind, string folded, string text)
    {
        var isParent = Parent().IsMatch(folded) && !Subsidiaries().IsMatch(folded);
        return new StatementTitle(kind, isParent, Consolidated().IsMatch(folded), Continued().IsMatch(folded), text);
    }

    private static (TitleKind Kind, Match Match)? KindOf(string folded) =>
        CashFlow().Match(folded) is { Success: true } cash ? (TitleKind.CashFlow, cash)
        : Income().Match(folded) is { Success: true } income ? (TitleKind.Income, income)
        : Comprehensive().Match(folded) is { Success: true } comprehensive ? (TitleKind.Comprehensive, comprehensive)
        : Equity().Match(folded) is { Success: true } equity ? (TitleKind.Other, equity)
        : Balance().Match(folded) is { Success: true } balance ? (TitleKind.Balance, balance)
        : null;

    /// <summary>A full stop ends a sentence, and a colon leads to one or to selected data.</summary>
    private static bool EndsSentence(string text) => text.TrimEnd() is [.., '.' or ':'];

    /// <summary>A title stands alone: what is before it is a firm's name, what follows it its period and unit.</summary>
    private static bool IsHeading(string folded, Match title, string text)
    {
        var before = folded[..title.Index].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var after = folded[(title.Index + title.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (before.Any(Spoilers.Contains) || after.Any(word => Spoilers.Contains(word) && !Followers.Contains(word)) || EndsSentence(text))
        {
            return false;
        }

        var names = before.Count(word => !Leaders.Contains(word));
        if (names > MostNameWords || (names > 0 && !StartsWithCapitals(text, title.Value)))
        {
            return false;
        }

        return !IsPageReference(after) && after.All(word => Followers.Contains(word) || char.IsAsciiDigit(word[0]) || DateNormalizer.MonthOf(word) > 0);
    }

    /// <summary>True for what follows a title in a table of contents: a page's number and no more.</summary>
    private static bool IsPageReference(string[] after) =>
        after.Length > 0 && after[^1].Length <= 3 && after[^1].All(char.IsAsciiDigit) && !after.Any(word => DateNormalizer.MonthOf(word) > 0) && after[^1] != "000";

    private static bool StartsWithCapitals(string text, string title)
    {
        var first = title.Split(' ')[0];
        var at = text.IndexOf(first, StringComparison.OrdinalIgnoreCase);
        var before = at > 0 ? text[..at] : string.Empty;
        return before.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => !char.IsLower(word[0]) || word is "and" or "of" or "the" or "plc" or "its" or "de" or "et" or "für" or "inc.");
    }

    private static string Repaired(string word) =>
        word.Length < 5 ? word : Array.Find(TitleWords, wanted => Math.Abs(wanted.Length - word.Length) <= 1 && LooseText.IsWord(word, wanted)) ?? word;

    [GeneratedRegex(@"\bstatements? ?of ?(?:the )?(?:consolidated )?cash ?flows?\b|\bcash ?flows? ?statements?\b", RegexOptions.NonBacktracking)]
    private static partial Regex CashFlow();

    [GeneratedRegex(
        @"\bstatements? ?of ?(?:the )?(?:consolidated )?(?:net )?(?:income|operations?|earnings|profits?|loss(?:es)?|results of operations|revenues? and expenses|income and expenses?|financial performance)\b|\b(?:income|earnings) statements?\b|\bprofit (?:and|or|&) loss (?:accounts?|statements?)\b|\bprofit loss (?:accounts?|statements?)\b|\bincome and expenditure account\b|\bstatements? of (?:total )?comprehensive income and (?:profit|loss)\b",
        RegexOptions.NonBacktracking)]
    private static partial Regex Income();

    [GeneratedRegex(@"\bstatements? ?of ?(?:the )?(?:consolidated )?(?:total |other )?comprehensive (?:income|loss|earnings)(?: loss)?\b|\bcomprehensive income statements?\b", RegexOptions.NonBacktracking)]
    private static partial Regex Comprehensive();

    [GeneratedRegex(@"\bbalance ?sheets?\b|\bstatements? ?of ?(?:the )?(?:consolidated )?(?:financial (?:position|condition)|condition|assets (?:and|&) liabilities|assets liabilities)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Balance();

    [GeneratedRegex(@"\bstatements? ?of ?(?:the )?(?:consolidated )?(?:changes in |movements in )?(?:consolidated )?(?:total )?(?:stockholders|shareholders|shareowners|owners|members|partners|convertible|redeemable|common|temporary)? ?(?:investment|equity|deficit|capital|net assets|retained earnings|recognised)\b|\bstatements? of changes\b|\bstatements? of (?:stockholders|shareholders|shareowners|redeemable|convertible)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Equity();

    [GeneratedRegex(@"^(?:the )?(?:condensed |unaudited |selected |explanatory )*notes (?:to|on) (?:the )?(?:\w+ ){0,4}(?:financial )?(?:statements|accounts)\b|^notes to\b|^note 1\b|^(?:exhibit|appendix) [0-9a-z]{1,4}$|^item \d+[a-z]? ", RegexOptions.NonBacktracking)]
    private static partial Regex OtherHeading();

    [GeneratedRegex(@"\bstatements? ?of(?: changes in)?$|\b(?:statements? ?of|balance) .*\band$|^(?:unaudited |condensed |interim )*consolidated(?: condensed| interim)?$|\bbalance$|\bcash flows?$|\bcash$", RegexOptions.NonBacktracking)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bparent\b|\bregistrant\b|\bcompany only\b|^(?:the )?company (?:balance|income|statement|cash|profit)|^separate\b|\bstand ?alone\b|^(?:parent )?company statement|\bstatement of financial position of the company\b", RegexOptions.NonBacktracking)]
    private static partial Regex Parent();

    [GeneratedRegex(@"\bparent (?:company|corporation|only|holding)\b|\bparent company\b|\bcompany only\b|\b(?:information|statements) of (?:the )?(?:registrant|parent)\b", RegexOptions.NonBacktracking)]
    private static partial Regex ParentNear();

    [GeneratedRegex(@"\bnotes? (?:to|on|1)\b", RegexOptions.NonBacktracking)]
    private static partial Regex NotesTitle();

    [GeneratedRegex(
        @"^(?:unaudited|interim|condensed|consolidated|group|company|combined)*(?:statements?of(?:(?<cash>cashflows?)|(?<balance>financialposition|financialcondition)|(?<income>income|operations|earnings))|(?<balance>balancesheets?))(?:unaudited|continued|concluded|inmillions|inthousands)*$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Torn();

    [GeneratedRegex(@"\bsubsidiar(?:y|ies)\b|\bconsolidated\b.*\bparent\b.*\bsubsidiar", RegexOptions.NonBacktracking)]
    private static partial Regex Subsidiaries();

    [GeneratedRegex(@"\b(?:consolidated|group|combined)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Consolidated();

    [GeneratedRegex(@"\b(?:continued|concluded|cont|contd)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Continued();
}
