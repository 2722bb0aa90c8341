using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Puts a model's answers about doubtful pages into a page map.</summary>
internal static class AnsweredPages
{
    /// <summary>Below this the model does not know either.</summary>
    private const double LeastConfidence = 0.5;

    /// <summary>A model's word alone is never surer than this.</summary>
    private const double MostConfidence = 0.9;

    /// <summary>The map with the answers that can be believed.</summary>
    public static PageMap Apply(
        PageMap map, IReadOnlyList<DoubtfulPage> asked, IReadOnlyList<(int Page, string? AccountNumber, double Confidence)> answers, IReadOnlyList<Page> pages)
    {
        var settled = asked.DistinctBy(doubt => doubt.Page)
            .Select(doubt => Settle(map, doubt, [.. answers.Where(answer => answer.Page == doubt.Page && answer.Confidence >= LeastConfidence)], pages.FirstOrDefault(page => page.Number == doubt.Page)))
            .OfType<SettledPage>().ToList();
        if (settled.Count is 0)
        {
            return map;
        }

        var known = map.Accounts.Select(account => (Number: account.AccountNumber, Account: (AccountPages?)account));
        var found = settled.SelectMany(page => page.Accounts).Where(number => map.Accounts.All(account => account.AccountNumber != number)).Distinct(StringComparer.Ordinal)
            .Select(number => (Number: (string?)number, Account: (AccountPages?)null));
        var accounts = known.Concat(found).Select(each => Changed(each.Number, each.Account, settled)).Where(account => account.Pages.Count > 0)
            .OrderBy(account => account.Pages[0]).ToList();
        var owners = accounts.SelectMany(account => account.Pages).CountBy(page => page).ToDictionary();
        return new PageMap(
            accounts.Select((account, index) => account with { Index = index, SharedPages = account.Pages.Where(page => owners[page] > 1).ToValueList() }).ToValueList(),
            map.Accounts.SelectMany(account => account.Pages).Concat(map.UnassignedPages).Distinct().Where(page => !owners.ContainsKey(page)).Order().ToValueList());
    }

    /// <summary>The accounts of one page by what was answered; null when nothing of it can be believed.</summary>
    private static SettledPage? Settle(PageMap map, DoubtfulPage doubt, List<(int Page, string? AccountNumber, double Confidence)> answers, Page? page)
    {
        var named = answers.Where(answer => answer.AccountNumber is not null).Select(answer => (Number: Believed(map, page, answer.AccountNumber!), answer.Confidence))
            .Where(answer => answer.Number is not null).ToList();
        var isNone = named.Count is 0 && answers.Exists(answer => answer.AccountNumber is null);
        if (named.Count is 0 && !isNone)
        {
            return null;
        }

        var accounts = named.Select(answer => answer.Number!).Distinct(StringComparer.Ordinal).ToList();
        var confidence = Math.Min(MostConfidence, isNone ? answers.Max(answer => answer.Confidence) : named.Min(answer => answer.Confidence));

        // Of a page that several accounts share, one answer that names one of them takes it from none.
        var isConfirmed = accounts.Count > 0 && accounts.TrueForAll(number => doubt.Assigned.Contains(number, StringComparer.Ordinal));
        return new SettledPage(doubt, isConfirmed ? [.. doubt.Assigned] : accounts, confidence, isConfirmed);
    }

    /// <summary>The number as the map has it, or as the page prints it; null for a number that neither knows.</summary>
    private static string? Believed(PageMap map, Page? page, string said)
    {
        var number = AccountNumber.Parse(said);
        var known = map.Accounts.Where(account => account.AccountNumber is { } own
            && (own == said || (number is not null && AccountNumber.Parse(own) is { } parsed && parsed.IsSameAs(number)))).Select(account => account.AccountNumber).Distinct().ToList();
        if (known.Count > 0 || number is null || page is null)
        {
            return known.Count is 1 ? known[0] : null;
        }

        return AccountMentionFinder.Find(PageTokens.Of(page)).Where(mention => mention.Number.IsSameAs(number) && mention.Role is not MentionRole.Reference)
            .Select(mention => mention.Number.Value).FirstOrDefault();
    }

    private static AccountPages Changed(string? number, AccountPages? account, List<SettledPage> settled)
    {
        var before = account ?? new AccountPages(0, number, [], [], Confidence.None, []);
        var taken = settled.Where(page => !page.Accounts.Contains(number, StringComparer.Ordinal)).Select(page => page.Doubt.Page).ToHashSet();
        var own = settled.Where(page => page.Accounts.Contains(number, StringComparer.Ordinal)).ToList();
        var given = own.Where(page => !before.Pages.Contains(page.Doubt.Page)).ToList();
        var kept = before.Pages.Where(page => !taken.Contains(page)).ToList();
        if (given.Count is 0 && kept.Count == before.Pages.Count && own.Count is 0)
        {
            return before;
        }

        // The account's confidence is the mean of its pages; a page that the model confirms is at least as sure as before.
        var confirmed = own.Where(page => page.IsConfirmed).Sum(page => Math.Max(0, page.Confidence - page.Doubt.Confidence.Value));
        var mean = kept.Count + given.Count is 0 ? 0 : ((before.Confidence.Value * kept.Count) + confirmed + given.Sum(page => page.Confidence)) / (kept.Count + given.Count);
        return before with
        {
            Pages = kept.Concat(given.Select(page => page.Doubt.Page)).Order().ToValueList(),
            Confidence = new Confidence(mean),
            Reasons = before.Reasons.Concat(own.Select(page => page.IsConfirmed ? $"a model confirmed page {page.Doubt.Page}" : $"a model gave it page {page.Doubt.Page}")).ToValueList(),
        };
    }

    private sealed record SettledPage(DoubtfulPage Doubt, IReadOnlyList<string> Accounts, double Confidence, bool IsConfirmed);
}
