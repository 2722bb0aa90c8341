using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Repairs slips of character recognition in the names and addresses of sellers, by what such words usually are.</summary>
internal static partial class SellerRepair
{
    /// <summary>Words of Malaysian and English addresses that are long enough to be recognised despite one wrong character.</summary>
    private static readonly string[] PlaceWords =
    [
        "jalan", "taman", "lorong", "kawasan", "perindustrian", "bandar", "kampung", "persiaran", "lebuhraya", "seksyen", "bukit", "plaza", "bangunan",
        "wisma", "kompleks", "menara", "selangor", "johor", "bahru", "kuala", "lumpur", "petaling", "melaka", "kedah", "pahang", "sabah", "sarawak",
        "perak", "penang", "pulau", "pinang", "kelantan", "terengganu", "putrajaya", "seremban", "negeri", "sembilan", "kembangan", "balakong",
        "cheras", "kajang", "subang", "puchong", "klang", "ampang", "damansara", "utama", "serdang", "sunway", "pyramid", "darul", "ehsan", "takzim",
        "street", "avenue", "boulevard", "ground", "floor", "level", "building", "square", "village", "industrial", "malaysia", "harmoni", "permas",
        "desa", "indah", "mahkota", "sentral", "perdana", "puteri", "setia", "tebrau", "skudai", "rawang", "semenyih", "bangi", "cyberjaya", "ipoh",
        "batu", "caves", "kepong", "segambut", "setapak", "wangsa", "maju", "raja", "uda", "sungai", "buloh", "kota", "kemuning", "banting", "dengkil",
    ];

    /// <summary>Words this long are recognised even when a character is missing.</summary>
    private const int LongWord = 7;

    /// <summary>A legal form that was misread becomes the form that it resembles.</summary>
    public static string LegalForm(string name)
    {
        var repaired = PrivateLimited().Replace(name.Replace('¥', 'Y'), "SDN BHD");
        repaired = Initial().Replace(repaired, "I");
        return ShortForm().Replace(repaired, match => match.Value.Contains('/', StringComparison.Ordinal) ? "S/B" : "SB");
    }

    /// <summary>Words that differ by one character from a usual word of addresses become that word, in the letter case of the line.</summary>
    public static string Address(string address) =>
        Word().Replace(Number().Replace(address, "NO.").Replace('$', 'S').Replace('§', 'S'), match => Place(match.Value)).Trim(' ', ',', ';', '*', '-', '{', '}', '|');

    private static string Place(string word)
    {
        var folded = word.ToLowerInvariant();
        if (folded is "java" or "jaya")
        {
            return Cased("jaya", word);
        }

        if (folded.Length < 5 || PlaceWords.Contains(folded))
        {
            return word;
        }

        var near = PlaceWords.Where(place => place.Length >= 5 && (place.Length == folded.Length || place.Length >= LongWord) && LooseText.IsWord(folded, place)).ToList();
        return near.Count == 1 ? Cased(near[0], word) : word;
    }

    private static string Cased(string place, string like) => char.IsLower(like[^1])
        ? char.ToUpperInvariant(place[0]) + place[1..]
        : place.ToUpperInvariant();

    [GeneratedRegex(@"(?<=\s)(?:[S5$][DO0UBI][NMHW]\.?\s*,?[B8](?:[HN][DO0)Q]|[DO0)Q]|H\b\)?)|S[A-Z]{2}\s+BHD|SDN\.?(?:\s+[0-9BI1l][.\W]*)?)\)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex PrivateLimited();

    [GeneratedRegex(@"(?<=\s)[5$8]\s?/?\s?[B8][.{}()]?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex ShortForm();

    [GeneratedRegex(@"(?<=\b[A-Z]\.)[1l](?=\.)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Initial();

    [GeneratedRegex(@"^\W*N[UQ0]\s?\.(?=\s?\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Number();

    [GeneratedRegex(@"[A-Za-z]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Word();
}
