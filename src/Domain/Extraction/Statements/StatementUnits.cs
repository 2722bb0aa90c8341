using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Reads in which currency and unit the values of a statement are given.</summary>
internal static partial class StatementUnits
{
    private static readonly (Regex Pattern, string Code)[] Currencies =
    [
        (Canadian(), "CAD"), (Australian(), "AUD"), (HongKong(), "HKD"), (NewZealand(), "NZD"), (Singapore(), "SGD"), (Brazilian(), "BRL"), (Mexican(), "MXN"), (Dollar(), "USD"), (Euro(), "EUR"), (Sterling(), "GBP"), (Yen(), "JPY"), (Renminbi(), "CNY"), (Franc(), "CHF"), (Rupee(), "INR"),
        (Swedish(), "SEK"), (Norwegian(), "NOK"), (Danish(), "DKK"), (Rand(), "ZAR"), (Won(), "KRW"), (Ringgit(), "MYR"),
    ];

    /// <summary>What one unit of the values is worth: 1 unless the heading says otherwise; null when it says nothing.</summary>
    /// <param name="heading">Title and heading as printed.</param>
    public static long? UnitOf(string heading) =>
        Billions().IsMatch(heading) ? 1_000_000_000
        : Earliest(heading) is { } said ? said
        : WholeUnits().IsMatch(heading) ? 1
        : null;

    /// <summary>The ISO code of the currency that a text names first by word, code or sign; null when it names none.</summary>
    public static string? CurrencyOf(string text)
    {
        var found = Currencies.Select(currency => (currency.Code, Match: currency.Pattern.Match(text))).Where(each => each.Match.Success).ToList();
        return found.Count == 0 ? null : found.MinBy(each => each.Match.Index).Code;
    }

    /// <summary>"In millions, except shares in thousands": what comes first is the unit of the statement.</summary>
    private static long? Earliest(string heading)
    {
        var candidates = new List<(int At, long Unit)>();
        if (Millions().Match(heading) is { Success: true } millions)
        {
            candidates.Add((millions.Index, 1_000_000));
        }

        if (Thousands().Match(heading) is { Success: true } thousands)
        {
            candidates.Add((thousands.Index, 1_000));
        }

        if (Crores().Match(heading) is { Success: true } crores)
        {
            candidates.Add((crores.Index, 10_000_000));
        }

        if (Lakhs().Match(heading) is { Success: true } lakhs)
        {
            candidates.Add((lakhs.Index, 100_000));
        }

        return candidates.Count == 0 ? null : candidates.MinBy(candidate => candidate.At).Unit;
    }

    [GeneratedRegex(@"\b(?:billions?)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Billions();

    [GeneratedRegex(@"\bmill?ions?\b|\bmio\b|[$\u20AC\u00A3\u00A5] ?m(?:n|ln)?\b|\b(?:usd|eur|gbp|chf|sek|nok|dkk|aud|cad|rmb|kr|zar)[ ]?m(?:n|ln|illion)?\b|\bmn\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Millions();

    [GeneratedRegex(@"\bthousands?\b|[$\u20AC\u00A3\u00A5] ?'?000|'000|\b000s?\b|\b000's\b|[$\u20AC\u00A3] ?k\b|\bteur\b|\btusd\b|\bk(?:eur|usd|gbp|chf)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\bcrores?\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Crores();

    [GeneratedRegex(@"\blakhs?\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Lakhs();

    [GeneratedRegex(@"\b(?:whole|in|expressed in|stated in) (?:u\.?s\.? )?(?:dollars|euros?|pounds)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex WholeUnits();

    [GeneratedRegex(@"\bcanadian\b|\bCAD\b|(?:^|[ (])CA?\$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Canadian();

    [GeneratedRegex(@"\baustralian dollars?\b|\bAUD\b|(?:^|[ (])AU?\$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Australian();

    [GeneratedRegex(@"\bhong kong dollars?\b|\bHKD\b|HK\$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HongKong();

    [GeneratedRegex(@"\bnew zealand dollars?\b|\bNZD\b|NZ\$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NewZealand();

    [GeneratedRegex(@"\bsingapore dollars?\b|\bSGD\b|(?:^|[ (])S\$", RegexOptions.NonBacktracking)]
    private static partial Regex Singapore();

    [GeneratedRegex(@"\breais\b|\bBRL\b|(?:^|[ (])R\$", RegexOptions.NonBacktracking)]
    private static partial Regex Brazilian();

    [GeneratedRegex(@"\bmexican pesos?\b|\bMXN\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Mexican();

    [GeneratedRegex(@"\$|\bUSD\b|\bU\.?S\.? dollars?\b|\bdollars?\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Dollar();

    [GeneratedRegex(@"\u20AC|\bEUR\b|\beuros?\b|\bTEUR\b|\bkEUR\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Euro();

    [GeneratedRegex(@"\u00A3|\bGBP\b|\bsterling\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Sterling();

    [GeneratedRegex(@"\u00A5|\bJPY\b|\byen\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Yen();

    [GeneratedRegex(@"\bRMB\b|\bCNY\b|\brenminbi\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Renminbi();

    [GeneratedRegex(@"\bCHF\b|\bswiss francs?\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Franc();

    [GeneratedRegex(@"\bINR\b|\brupees?\b|\u20B9|\bRs\.?(?: |$)", RegexOptions.NonBacktracking)]
    private static partial Regex Rupee();

    [GeneratedRegex(@"\bSEK\b|\bswedish kron", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Swedish();

    [GeneratedRegex(@"\bNOK\b|\bnorwegian kron", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Norwegian();

    [GeneratedRegex(@"\bDKK\b|\bdanish kron", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Danish();

    [GeneratedRegex(@"\bZAR\b|\brand\b", RegexOptions.NonBacktracking)]
    private static partial Regex Rand();

    [GeneratedRegex(@"\bKRW\b|\bkorean won\b|\u20A9", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Won();

    [GeneratedRegex(@"\bMYR\b|\bringgit\b|\bRM(?: |')", RegexOptions.NonBacktracking)]
    private static partial Regex Ringgit();
}
