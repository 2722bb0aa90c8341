namespace Idp.Domain.Extraction;

/// <summary>Mends words of line items that recognition misspelt: <c>Deterred revenuc</c>. Only words of five letters or more that are nearly one of those that statements are made of.</summary>
internal static class LabelRepair
{
    private const int ShortestWord = 5;

    private static readonly string[] Words =
    [
        "account", "accounts", "accretion", "accrued", "accumulated", "acquired", "acquisition", "acquisitions", "activities", "activity", "additional", "adjustments",
        "administrative", "after", "amortisation", "amortization", "asset", "assets", "associates", "attributable", "authorized", "average", "basic", "before", "beginning",
        "benefit", "borrowing", "borrowings", "business", "businesses", "capital", "cash", "change", "changes", "claims", "commercial", "commitments", "common",
        "compensation", "comprehensive", "content", "contingencies", "continuing", "costs", "currency", "current", "decrease", "deferred", "deficit", "deposits",
        "depreciation", "development", "diluted", "disclosure", "disclosures", "discontinued", "disposal", "disposals", "distribution", "dividends", "earnings", "effect",
        "employee", "ending", "equipment", "equity", "equivalents", "exchange", "expense", "expenses", "finance", "financing", "foreign", "gain", "gains", "general",
        "generated", "goodwill", "gross", "impairment", "income", "increase", "intangible", "intangibles", "interest", "interests", "inventories", "inventory", "investing",
        "investment", "investments", "issuance", "issued", "lease", "leases", "liabilities", "liability", "loans", "long-term", "loss", "losses", "margin", "marketable",
        "marketing", "maturities", "noncontrolling", "non-cash", "non-current", "non-operating", "paid-in", "noncurrent", "nonoperating", "obligations", "operating", "operations", "ordinary", "other", "outstanding", "paper",
        "payable", "payables", "pension", "period", "plant", "policies", "policyholder", "portion", "preferred", "premiums", "prepaid", "principal", "proceeds", "product",
        "products", "profit", "property", "provided", "provision", "purchase", "purchases", "receivable", "receivables", "reconcile", "refunds", "repayment", "repayments",
        "repurchase", "repurchases", "research", "reserves", "respectively", "restricted", "retained", "revenue", "revenues", "right-of-use", "sales", "securities",
        "selling", "service", "services", "settlement", "share", "share-based", "shareholders", "shares", "short-term", "sold", "stock", "stock-based", "stockholders",
        "subscription", "subtotal", "supplemental", "taxes", "technology", "total", "trade", "treasury", "turnover", "unearned", "vendor", "ventures", "weighted",
        "withholding",
    ];

    private static readonly HashSet<string> Known = new(Words, StringComparer.Ordinal);

    /// <summary>The label with misspelt words mended, letter case kept.</summary>
    public static string Repair(string label) => string.Join(' ', label.Split(' ').Select(RepairWord));

    private static string RepairWord(string printed)
    {
        var word = printed.Trim(',', '.', ';', ':', '(', ')', '\'', '\u2019', '*');
        var plain = word.Replace('!', 'l').Replace('|', 'l').ToLowerInvariant();
        if (plain.Length < ShortestWord || Known.Contains(plain) || !plain.All(character => char.IsLetter(character) || character is '-'))
        {
            return plain.Length >= ShortestWord && Known.Contains(plain) && word.Contains('!', StringComparison.Ordinal) ? printed.Replace('!', 'l') : printed;
        }

        // Another ending is another word; recognition changes letters and seldom their number.
        var near = Array.FindAll(Words, wanted => Math.Abs(wanted.Length - plain.Length) <= 1 && wanted.Length >= ShortestWord && wanted.Contains('-', StringComparison.Ordinal) == plain.Contains('-', StringComparison.Ordinal) && LooseText.IsWord(plain, wanted) && plain[^1] is var last
            && (wanted[^1] == last || wanted.Length == plain.Length));
        return near.Length == 1 ? printed.Replace(word, Cased(near[0], word), StringComparison.Ordinal) : printed;
    }

    private static string Cased(string word, string like) =>
        PrintedText.IsUpper(like) ? word.ToUpperInvariant() : char.IsUpper(like[0]) ? char.ToUpperInvariant(word[0]) + word[1..] : word;
}
