using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Recognises the lines of postal addresses.</summary>
internal static partial class PostalLine
{
    private const int Timeout = 250;

    private static readonly HashSet<string> Regions = new(StringComparer.Ordinal)
    {
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI",
        "MN", "MS", "MO", "MT", "NE", "NV", "NH",
        "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC",
        "PR", "VI", "GU", "AS", "MP",
    };

    /// <summary>True when the text ends with a state code and a postal code: <c>Linden, TX 75563</c>.</summary>
    public static bool EndsWithRegion(string text)
    {
        var match = Region().Match(PrintedText.Tidy(text).TrimEnd('.', ',', ';', ' ', '|'));
        if (!match.Success)
        {
            return false;
        }

        var state = match.Groups[1].Value.Replace('|', 'I').Replace('1', 'I').Replace('0', 'O').ToUpperInvariant();
        return Regions.Contains(state) && PrintedText.RepairDigits(PostalCode(match), 0.5).All(char.IsAsciiDigit);
    }

    /// <summary>True when the text begins like a street line: a house number, a post office box, an apartment.</summary>
    public static bool IsStreet(string text) => Street().IsMatch(text);

    /// <summary>The text with the state code's recognition slips undone (<c>|A</c> is <c>IA</c>).</summary>
    public static string RepairRegion(string text) => EndsWithRegion(text)
        ? Region().Replace(text, match => string.Concat(
            match.Value[..(match.Groups[1].Index - match.Index)],
            match.Groups[1].Value.Replace('|', 'I').Replace('1', 'I').Replace('0', 'O'),
            " ",
            PrintedText.RepairDigits(PostalCode(match), 0.5),
            match.Groups[3].Value))
        : text;

    private static string PostalCode(Match match) => match.Groups[2].Value.Replace(" ", string.Empty, StringComparison.Ordinal);

    [GeneratedRegex(@"[,. ]([A-Za-z|01]{2})[., ]+([0-9OolISB](?: ?[0-9OolISB]){4})(-[0-9]{4})?$", RegexOptions.None, Timeout)]
    private static partial Regex Region();

    [GeneratedRegex(@"^(?:[0-9]{1,6}[A-Za-z]?[ -]|p\.? ?o\.? ?box|rr ?[0-9]|rural route|(?:apt|suite|ste|unit|lot|floor|building|bldg)\b|#)", RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Street();
}
