using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>The vocabulary by which the head of a receipt is understood: legal forms, trades, streets and what ends an address.</summary>
internal static partial class SellerWords
{
    private static readonly string[] Trades =
    [
        "enterprise", "trading", "restaurant", "restaurants", "restoran", "kedai", "pasar", "stationery", "hardware", "mart", "market", "supermarket",
        "bakery", "pharmacy", "farmasi", "store", "stores", "shop", "cafe", "bistro", "hotel", "clinic", "klinik", "machinery", "electrical", "motor",
        "industries", "services", "supplies", "resources", "holdings", "retail", "group", "company", "bookstore", "grocery", "foods", "seafood",
        "kopitiam", "boutique", "salon", "auto", "petrol", "station", "café", "brasserie", "traders", "partners", "associates",
    ];

    private static readonly string[] Streets =
    [
        "jalan", "jln", "taman", "tmn", "lorong", "lrg", "kawasan", "perindustrian", "bandar", "kampung", "kg", "persiaran", "lebuh", "lebuhraya",
        "seksyen", "section", "desa", "bukit", "plaza", "bangunan", "wisma", "kompleks", "menara", "selangor", "johor", "kuala", "petaling", "shah",
        "perak", "penang", "pulau", "melaka", "kedah", "pahang", "sabah", "sarawak", "street", "road", "avenue", "ave", "boulevard", "blvd", "drive",
        "lane", "highway", "floor", "flr", "level", "lot", "block", "blok", "unit", "suite", "building", "mall", "square", "park", "village", "batu",
        "rue", "strasse", "straat", "place", "autoroute", "damansara", "utama", "cheras", "klang", "bahru", "jaya", "lumpur", "malaysia",
    ];

    private static readonly string[] Endings =
    [
        "tel", "telephone", "phone", "fax", "gst", "sst", "vat", "tax", "invoice", "receipt", "cash bill", "email", "e mail", "www", "http", "date",
        "time", "cashier", "table", "bill no", "order", "hotline", "careline", "reg no", "company reg", "website", "slip", "pos", "counter",
        "guest check", "cash sales", "cash", "sales", "roc", "reg", "id", "bill", "served", "terminal", "doc no", "outlet", "ice", "hours",
    ];

    /// <summary>The end of a legal form in the line, or -1: <c>SDN BHD</c>, <c>S/B</c>, <c>LTD</c> and what recognition makes of them.</summary>
    public static int EndOfLegalForm(string text) =>
        LegalForm().Match(text) is { Success: true } match ? match.Groups["form"].Index + match.Groups["form"].Length : -1;

    /// <summary>How many words of a folded line name a trade, and how many do not.</summary>
    public static (int Trades, int Others) CountTrades(string folded)
    {
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var trades = words.Count(word => Array.Exists(Trades, trade => LooseText.IsWord(word, trade)));
        return (trades, words.Count(word => word.Length > 1) - trades);
    }

    /// <summary>Whether a line looks like part of a postal address.</summary>
    public static bool LooksLikeAddress(PrintedLine line)
    {
        var words = line.Folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var streets = words.Count(word => Array.Exists(Streets, street => LooseText.IsWord(word, street)));
        return !HoldsDay().IsMatch(line.Text) && (streets >= 2 || (streets == 1 && (line.Text.Any(char.IsAsciiDigit) || line.Text.Contains(','))) || HouseNumber().IsMatch(line.Text) || Postcode().IsMatch(line.Text));
    }

    /// <summary>Whether a line holds a postal code and its town.</summary>
    public static bool HoldsPostcode(PrintedLine line) => Postcode().IsMatch(line.Text);

    /// <summary>Whether a line is nothing but words, as a town or a state behind the postal code is.</summary>
    public static bool IsPlaceName(string text) => OnlyWords().IsMatch(text);

    /// <summary>Whether a line names a street, a building or a district.</summary>
    public static bool NamesPlace(PrintedLine line) =>
        line.Folded.Split(' ').Any(word => Array.Exists(Streets, street => LooseText.IsWord(word, street)));

    /// <summary>Whether a line cannot belong to an address: telephone, tax and registration numbers, headings of the sale.</summary>
    public static bool EndsAddress(PrintedLine line) =>
        Array.Exists(Endings, ending => StartsWith(line.Folded, ending))
        || RegistrationOnly().IsMatch(line.Text)
        || PhoneOnly().IsMatch(line.Text)
        || line.Text.Contains('@', StringComparison.Ordinal)
        || TaxNumber().IsMatch(line.Text)
        || HoldsPhone().IsMatch(line.Text);

    /// <summary>Whether a line holds nothing but the firm's registration number.</summary>
    public static bool IsRegistration(string text) => RegistrationOnly().IsMatch(text);

    private static bool StartsWith(string folded, string ending)
    {
        var words = folded.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        return LooseText.ContainsPhrase(string.Join(' ', words.Take(ending.Contains(' ', StringComparison.Ordinal) ? 3 : 2)), ending);
    }

    [GeneratedRegex(
        @"\S\s+(?<form>(?:[S5$][DO0UBI][NMHW]\.?\s*,?[B8][HN]?[DO0)Q]?\b\)?|[S5$8]\s?/\s?[B8]\b\.?|[S$]B\b|BHD\b|BERHAD\b|LTD\b\.?|LIMITED\b|LLC\b|L\.L\.C\.|INC\b\.?|CORP\b\.?|PLC\b|GMBH\b|B\.?V\.?(?=\s|$)|S\.?A\.?R\.?L\.?(?=\s|$)|PTY\b(?:\s+LTD\b\.?)?|PTE\b\.?(?:\s+LTD\b\.?)?))(?![A-Za-z])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LegalForm();

    [GeneratedRegex(@"^\W*(?:N[oO0Qq]\s?[.,:]?|LOT|#)?\s?[A-Z]?-?\d{1,4}[A-Z]?(?:\s?[-&]\s?\d{1,4}[A-Z]?)?\s?[,.]?\s(?:\S*[A-Za-z]{3}|[A-Z]{1,3}\s?\d{1,2}[A-Z]?/\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex HouseNumber();

    [GeneratedRegex(@"\d[-/.]\d{1,2}[-/.]\d|\d\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d|\d:\d\d", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 500)]
    private static partial Regex HoldsDay();

    [GeneratedRegex(@"(?:^|[\s,.])\d{5}[\s,]+[A-Za-z]{3}|,\s*[A-Z]{2}\s+\d{5}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^\W*(?:\(?\s?CO\.?\s?(?:REG|NO).*|\(?[\dA-Z]{0,4}\d{4,8}[\dA-Z]{0,2}\s?[-–—.]?\s?[A-Z)]{1,3}[)\]}J]*)\W*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 500)]
    private static partial Regex RegistrationOnly();

    [GeneratedRegex(@"^\W*\+?\(?\d{2,3}\)?[-\s.]?\d[\d\s./-]{5,}\W*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex PhoneOnly();

    [GeneratedRegex(@"(?:^|[\s:])[0O(][\dO]{1,3}\)?\s?[-~–]\s?\d{3,4}\s?\d{3,4}(?=$|[\s/,.])|\b1\s?[38]00\s\d\d\s\d{4}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex HoldsPhone();

    [GeneratedRegex(@"^[\W]*[A-Za-z][A-Za-z.,' ()-]{3,}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex OnlyWords();

    [GeneratedRegex(@"\b(?:GST|SST|VAT|TAX|REG)\b.{0,12}\d{6}|\d{10,}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 500)]
    private static partial Regex TaxNumber();
}
