using System.Text.RegularExpressions;

namespace Idp.Domain.Retrieval;

/// <summary>Recognises headings and list items by how a line begins and is written.</summary>
internal static partial class LineMarks
{
    private const int MostWordsOfHeading = 14;
    private const int MostWordsInCapitals = 10;

    /// <summary>The characters of a bullet at the beginning of a line; 0 where there is none.</summary>
    public static int BulletLength(string text) => Bullet().Match(text) is { Success: true } match ? match.Length : 0;

    /// <summary>True for a line that begins an entry of a numbered list.</summary>
    public static bool IsNumberedItem(string text) => NumberedItem().IsMatch(text);

    /// <summary>True where the words could be a heading's, whatever they look like.</summary>
    public static bool CouldBeHeading(string text, int words) =>
        words <= MostWordsOfHeading && text.Any(char.IsLetter) && text[^1] is not ('.' or ',' or ';' or '-') && text.Count(char.IsLetter) >= text.Count(char.IsDigit);

    /// <summary>The depth that the number of a heading tells: 1 for <c>Item 7.</c> and <c>3. Results</c>, 2 for <c>3.1 Method</c>; null without such a number.</summary>
    public static int? NumberedLevel(string text)
    {
        if (Chapter().IsMatch(text))
        {
            return 1;
        }

        if (!Section().IsMatch(text) || !IsTitled(text))
        {
            return null;
        }

        var number = text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)).TrimEnd('.');
        return number.Count('.') + 1;
    }

    /// <summary>True for a line in capitals.</summary>
    public static bool IsInCapitals(string text, int words)
    {
        var letters = text.Count(char.IsLetter);
        return letters >= 4 && words <= MostWordsInCapitals && !text.Any(char.IsLower) && letters * 2 > text.Length;
    }

    /// <summary>Most of the longer words begin with a capital, as in titles.</summary>
    private static bool IsTitled(string text)
    {
        var longer = text.Split(' ').Skip(1).Where(static word => word.Length > 3).ToList();
        return longer.Count > 0 && longer.Count(static word => char.IsUpper(word[0])) * 5 >= longer.Count * 3;
    }

    [GeneratedRegex(@"^(?:[•▪◦●■‣⁃∙·*]|[–—-](?= )|o(?= [A-Z])) *", RegexOptions.None, 250)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(?:\(?[0-9]{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\)) [^ ]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex NumberedItem();

    [GeneratedRegex(@"^(?:item|section|article|chapter|part|appendix|schedule|annex|note) (?:[0-9]{1,3}|[ivx]{1,5}|[a-z])[a-z]?(?:[.:)]|$| [–—-])", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"^(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-Z]\.) [A-Z]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Section();
}
