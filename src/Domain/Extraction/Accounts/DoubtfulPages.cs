using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A page of which it is not sure to which account it belongs.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Assigned">The accounts to which it was given; empty when to none.</param>
/// <param name="Candidates">The accounts to which it may belong, the likeliest first; at least one.</param>
/// <param name="Confidence">How sure the assignment is.</param>
/// <param name="Reason">Why it was given there, for a person; null where nothing spoke for it.</param>
public sealed record DoubtfulPage(int Page, ValueList<string> Assigned, ValueList<string> Candidates, Confidence Confidence, string? Reason);

/// <summary>Finds the pages that a model may be asked about.</summary>
public static class DoubtfulPages
{
    /// <summary>Pages given with less confidence than this are doubtful.</summary>
    private const double Sure = 0.9;

    /// <summary>A page of content that was given to no account for want of any sign.</summary>
    private const double LeftOver = 0.5;

    /// <summary>The doubtful pages, ascending; none for a map that a person set, and none when there is nothing to choose from.</summary>
    /// <param name="map">The map as the splitter made it.</param>
    /// <param name="pages">All pages of the document.</param>
    public static ValueList<DoubtfulPage> Of(PageMap map, IReadOnlyList<Page> pages)
    {
        if (map.Accounts.Count is 0 || map.Accounts.All(account => account.AccountNumber is null || account.Confidence == Confidence.Full))
        {
            return [];
        }

        var found = AccountSplitter.Assign(pages);
        return found.Assignments.Zip(found.Evidence, (assignment, page) => Judge(map, assignment, page)).OfType<DoubtfulPage>().ToValueList();
    }

    private static DoubtfulPage? Judge(PageMap map, PageAssignment assignment, PageEvidence page)
    {
        var isLeftOver = assignment.Accounts.Count is 0 && page.Cues.Role is PageRole.Content && !CoverSheet.IsBare(page.Tokens);
        var confidence = isLeftOver ? LeftOver : assignment.Confidence;
        var owners = map.Accounts.Where(account => account.Pages.Contains(page.Number)).ToList();
        var assigned = owners.Select(account => account.AccountNumber).OfType<string>().ToValueList();
        if (owners.Exists(account => account.Confidence == Confidence.Full) || confidence >= Sure || page.Cues.Role is PageRole.Blank)
        {
            return null;
        }

        var named = page.Mentions.SelectMany(mention => map.Accounts.Where(account => IsNamed(account, mention.Number)));
        var before = map.Accounts.Where(account => account.Pages[0] < page.Number).OrderByDescending(account => account.Pages.Last(number => number < page.Number)).Take(1);
        var after = map.Accounts.Where(account => account.Pages[^1] > page.Number).OrderBy(account => account.Pages.First(number => number > page.Number)).Take(1);
        var candidates = assigned.Concat(named.Concat(before).Concat(after).Select(account => account.AccountNumber).OfType<string>()).Distinct(StringComparer.Ordinal).ToValueList();
        var isOpen = candidates.Count > 1 || (candidates.Count is 1 && assigned.Count is 0);
        return isOpen ? new DoubtfulPage(page.Number, assigned, candidates, new Confidence(confidence), assignment.Reason) : null;
    }

    private static bool IsNamed(AccountPages account, AccountNumber number) =>
        account.AccountNumber is { } own && AccountNumber.Parse(own) is { } parsed && parsed.IsSameAs(number);
}
