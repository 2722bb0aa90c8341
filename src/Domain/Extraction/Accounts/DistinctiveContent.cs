using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>What of a page is found with one account only: its holders, e-mail addresses, document numbers and large amounts.</summary>
internal sealed partial class DistinctiveContent
{
    private const int HolderWeight = 2;

    /// <summary>An amount or a document number with fewer digits may turn up anywhere.</summary>
    private const int FewestDigits = 6;

    private const int AddressLines = 4;

    private const double SameLeftEdge = 0.02;

    private readonly Dictionary<string, HashSet<int>> _holders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> _items = new(StringComparer.Ordinal);
    private int _longestHolder;

    /// <summary>Learns the content of a page that is known to belong to an account.</summary>
    public void Learn(PageTokens page, int account)
    {
        var holders = HoldersOf(page).ToList();
        _longestHolder = holders.Select(holder => holder.Count(character => character is ' ') + 1).Append(_longestHolder).Max();
        Add(_holders, holders, account);
        Add(_items, ItemsOf(page), account);
    }

    /// <summary>How much of the page is found with each account and with no other.</summary>
    /// <returns>Points by account; an account without any is missing.</returns>
    public IReadOnlyDictionary<int, int> ScoresOf(PageTokens page)
    {
        var scores = new Dictionary<int, int>();
        var words = page.Layout.SelectMany(line => Plain(line.Whole.Text).Split(' ')).ToList();
        var phrases = Enumerable.Range(0, words.Count)
            .SelectMany(start => Enumerable.Range(1, Math.Min(_longestHolder, words.Count - start)).Select(length => string.Join(' ', words.GetRange(start, length)))).Distinct();
        foreach (var phrase in phrases)
        {
            if (_holders.TryGetValue(phrase, out var accounts) && accounts.Count is 1)
            {
                scores[accounts.First()] = scores.GetValueOrDefault(accounts.First()) + HolderWeight;
            }
        }

        foreach (var item in ItemsOf(page))
        {
            if (_items.TryGetValue(item, out var accounts) && accounts.Count is 1)
            {
                scores[accounts.First()] = scores.GetValueOrDefault(accounts.First()) + 1;
            }
        }

        return scores;
    }

    /// <summary>The names above an address: capitalised words on the same left edge as the line with town, state and postal code.</summary>
    private static IEnumerable<string> HoldersOf(PageTokens page)
    {
        for (var line = 0; line < page.Layout.Count; line++)
        {
            foreach (var town in page.Layout[line].Segments.Where(segment => Town().IsMatch(segment.Text)))
            {
                var above = page.Layout.Take(line).TakeLast(AddressLines + 2).SelectMany(each => each.Segments)
                    .Where(segment => Math.Abs(segment.Box.X - town.Box.X) < SameLeftEdge && town.Box.Y - segment.Box.Y < 0.12);
                foreach (var name in above.Where(segment => PersonOrFirm().IsMatch(segment.Text)))
                {
                    yield return Plain(name.Text);
                }
            }
        }
    }

    private static HashSet<string> ItemsOf(PageTokens page) => page.Lines
        .SelectMany(line => line)
        .Select(token => token.Text.Trim('.', ',', '$', '(', ')', '-'))
        .Where(text => text.Contains('@', StringComparison.Ordinal) || (text.Count(char.IsAsciiDigit) >= FewestDigits && !text.Contains('/', StringComparison.Ordinal)))
        .Select(text => text.ToLowerInvariant())
        .Where(text => !Dated().IsMatch(text))
        .ToHashSet(StringComparer.Ordinal);

    private static void Add(Dictionary<string, HashSet<int>> index, IEnumerable<string> values, int account)
    {
        foreach (var value in values)
        {
            if (!index.TryGetValue(value, out var accounts))
            {
                index[value] = accounts = [];
            }

            accounts.Add(account);
        }
    }

    private static string Plain(string text) => string.Join(' ', text.ToLowerInvariant()
        .Split([' ', '.', ',', ':', ';', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^[A-Za-z .'-]+,? [A-Z]{2}\.?,? +[0-9]{5}(?:-[0-9]{4})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Town();

    [GeneratedRegex(@"^[A-Z][A-Za-z.'&-]*(?: [A-Z&][A-Za-z.'&-]*){1,4}$", RegexOptions.NonBacktracking)]
    private static partial Regex PersonOrFirm();

    [GeneratedRegex(@"^\d{1,4}-(?:\d{1,2}|[a-z]{3})-\d{2,4}$", RegexOptions.NonBacktracking)]
    private static partial Regex Dated();
}
