namespace Idp.Domain.Extraction;

/// <summary>What is known of one page before the pages are given to accounts.</summary>
/// <param name="Tokens">Its words in lines.</param>
/// <param name="Cues">What it says about its place.</param>
/// <param name="Mentions">The account numbers on it.</param>
internal sealed record PageEvidence(PageTokens Tokens, PageCues Cues, IReadOnlyList<AccountMention> Mentions)
{
    /// <summary>The page, from 1.</summary>
    public int Number => Tokens.Page.Number;
}

/// <summary>The accounts that a page was given to.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Accounts">Ids of accounts; empty when it belongs to none.</param>
/// <param name="Confidence">How sure that is, 0 to 1.</param>
/// <param name="Reason">Why, for a person; null where it goes without saying.</param>
internal sealed record PageAssignment(int Page, IReadOnlyList<int> Accounts, double Confidence, string? Reason);

/// <summary>Gives each page to the account that it names, or to the one that it continues.</summary>
internal sealed class PageAssigner
{
    /// <summary>Points of distinctive content that outweigh the order of the pages, when the account that would be continued has none.</summary>
    private const int OutweighsOrder = 2;

    private const double ContinuedPaper = 0.97;
    private const double ContinuedOrder = 0.94;
    private const double ByContent = 0.8;
    private const double LeadingPage = 0.75;

    private readonly IReadOnlyList<PageEvidence> _pages;
    private readonly IReadOnlyList<AccountIdentity> _accounts;
    private readonly Dictionary<int, List<(int Account, AccountMention Mention)>> _named = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<int> _numbers;
    private readonly DistinctiveContent _content = new();
    private readonly PageAssignment?[] _assigned;

    private PageAssigner(IReadOnlyList<PageEvidence> pages, IReadOnlyList<AccountIdentity> accounts)
    {
        _pages = pages;
        _accounts = accounts;
        _assigned = new PageAssignment?[pages.Count];
        _numbers = [.. pages.Select(page => page.Number)];
        foreach (var (key, id) in accounts.SelectMany(account => account.Keys.Select(key => (key, account.Id))))
        {
            _byKey.TryAdd(key, id);
        }
    }

    /// <summary>One assignment a page, in the order of the pages.</summary>
    public static IReadOnlyList<PageAssignment> Assign(IReadOnlyList<PageEvidence> pages, IReadOnlyList<AccountIdentity> accounts)
    {
        var assigner = new PageAssigner(pages, accounts);
        assigner.NamePages();
        assigner.GiveNamedPages();
        assigner.GivePapersBegunWithoutNumber();
        assigner.GiveOtherPages();
        return assigner._assigned.Select((assignment, index) => assignment ?? new PageAssignment(pages[index].Number, [], 1, null)).ToList();
    }

    private void NamePages()
    {
        int? current = null;
        foreach (var page in _pages)
        {
            var named = _named[page.Number] = _named.GetValueOrDefault(page.Number) ?? [];
            named.AddRange(NamedOn(page, current));
            foreach (var (account, mention) in PointedAt(page))
            {
                if (!_named.TryGetValue(account.Page, out var there))
                {
                    _named[account.Page] = there = [];
                }

                there.Add((account.Id, mention));
            }

            if (named.Count > 0)
            {
                var isList = named.TrueForAll(each => each.Mention.Role is MentionRole.Listed);
                current = (isList ? named[0] : named[^1]).Account;
            }
        }
    }

    private IEnumerable<(int Account, AccountMention Mention)> NamedOn(PageEvidence page, int? current)
    {
        var resolved = page.Mentions.Select(mention => (Account: Resolve(mention, current), Mention: mention)).Where(each => each.Account is not null)
            .Select(each => (Account: each.Account!.Value, each.Mention)).ToList();
        var owners = resolved.Where(each => each.Mention.Role is MentionRole.Owner).ToList();
        if (owners.Count > 0)
        {
            var several = owners.Select(each => each.Account).Distinct().Count() > 1;
            return several && page.Cues.IsCover ? [] : owners;
        }

        if (page.Cues.IsCover)
        {
            return [];
        }

        var listed = resolved.Where(each => each.Mention.Role is MentionRole.Listed && each.Mention.DetailsOn is null).ToList();
        if (listed.Count > 0)
        {
            return listed;
        }

        var weak = resolved.Where(each => each.Mention.Role is MentionRole.Weak).ToList();
        var distinct = weak.Select(each => each.Account).Distinct().ToList();
        return current is { } known && distinct.Contains(known) ? weak.Where(each => each.Account == known)
            : distinct.Count is 1 ? weak
            : [];
    }

    /// <summary>The accounts of a list whose rows say on which page the details stand.</summary>
    private IEnumerable<((int Page, int Id) Account, AccountMention Mention)> PointedAt(PageEvidence page)
    {
        // A pointer counts in the paper's own page numbers, which may start later than the document's.
        var offset = page.Cues.Counter is { } counter ? page.Number - counter : 0;
        foreach (var mention in page.Mentions.Where(mention => mention.Role is MentionRole.Listed && mention.DetailsOn is not null))
        {
            var target = mention.DetailsOn!.Value + offset;
            if (Resolve(mention, null) is { } account && _numbers.Contains(target) && target >= page.Number)
            {
                yield return ((target, account), mention);
            }
        }
    }

    private int? Resolve(AccountMention mention, int? current)
    {
        if (_byKey.TryGetValue(mention.Number.Key, out var named))
        {
            return named;
        }

        if (!mention.Number.IsMasked && mention.Number.Characters.Length > AccountIdentities.LongestTail)
        {
            return null;
        }

        // A mask fits several accounts when their numbers end alike: the account at hand comes first, then the last one named.
        var fitting = _accounts.Where(account => account.Number.Characters.EndsWith(mention.Number.Characters, StringComparison.Ordinal)).ToList();
        if (fitting.Count is 0)
        {
            fitting = _accounts.Where(account => AccountIdentities.IsSlip(mention, account)).ToList();
        }

        return fitting.Find(account => account.Id == current)?.Id
            ?? fitting.Where(account => account.Id < current).OrderByDescending(account => account.Id).FirstOrDefault()?.Id
            ?? fitting.FirstOrDefault()?.Id;
    }

    private void GiveNamedPages()
    {
        for (var index = 0; index < _pages.Count; index++)
        {
            var named = _named[_pages[index].Number];
            var accounts = named.Select(each => each.Account).Distinct().ToList();
            if (accounts.Count is 0 || _pages[index].Cues.Role is PageRole.Blank)
            {
                continue;
            }

            var confidence = named.GroupBy(each => each.Account).Min(group => group.Max(each => ConfidenceOf(each.Mention)));
            Give(index, accounts, confidence, string.Join("; ", named.Select(each => Describe(each.Mention, _pages[index].Number)).Distinct()));
            foreach (var account in accounts.Count is 1 ? accounts : [])
            {
                _content.Learn(_pages[index].Tokens, account);
            }
        }
    }

    /// <summary>Pages "1 of 3", "2 of 3" before a page "3 of 3" with a number belong to that number.</summary>
    private void GivePapersBegunWithoutNumber()
    {
        for (var index = _pages.Count - 2; index >= 0; index--)
        {
            var (cues, next) = (_pages[index].Cues, _pages[index + 1].Cues);
            var isOnePaper = cues.Counter is { } counter && next.Counter == counter + 1 && cues.Total == next.Total;
            if (_assigned[index] is null && isOnePaper && cues.Role is not PageRole.Blank && !cues.IsCover && _assigned[index + 1] is { Accounts.Count: 1 } following)
            {
                Give(index, following.Accounts, following.Confidence * ContinuedPaper, $"page {_pages[index].Number} is continued by page {_pages[index + 1].Number}");
            }
        }
    }

    private void GiveOtherPages()
    {
        int? current = null;
        int? beforeSeparator = null;
        var waiting = new List<int>();
        for (var index = 0; index < _pages.Count; index++)
        {
            if (_assigned[index] is { } named)
            {
                GiveWaiting(waiting, named.Accounts[0]);
                var isList = _named[_pages[index].Number] is { Count: > 0 } mentions && mentions.TrueForAll(each => each.Mention.Role is MentionRole.Listed);
                current = isList ? named.Accounts[0] : named.Accounts[^1];
                continue;
            }

            var cues = _pages[index].Cues;
            if (cues.Role is PageRole.Separator or PageRole.Cover)
            {
                (beforeSeparator, current) = (current ?? beforeSeparator, null);
            }

            if (BelongsToNone(index))
            {
                continue;
            }

            if (current is { } account)
            {
                GiveToCurrentOrBetter(index, account);
            }
            else
            {
                waiting.Add(index);
            }
        }

        GiveWaiting(waiting, beforeSeparator);
    }

    private void GiveToCurrentOrBetter(int index, int current)
    {
        var page = _pages[index];
        var scores = _content.ScoresOf(page.Tokens);
        var best = scores.OrderByDescending(score => score.Value).ThenBy(score => score.Key).FirstOrDefault();
        if (!page.Cues.Continues && scores.GetValueOrDefault(current) is 0 && best.Value >= OutweighsOrder)
        {
            Give(index, [best.Key], ByContent, $"page {page.Number} prints the holders or amounts of this account");
            return;
        }

        var supported = page.Cues.Continues || scores.GetValueOrDefault(current) > 0;
        Give(index, [current], supported ? ContinuedPaper : ContinuedOrder, $"page {page.Number} continues it");
    }

    private void GiveWaiting(List<int> waiting, int? account)
    {
        foreach (var index in account is null ? [] : waiting)
        {
            if (!CoverSheet.IsBare(_pages[index].Tokens) || _content.ScoresOf(_pages[index].Tokens).ContainsKey(account!.Value))
            {
                Give(index, [account!.Value], LeadingPage, $"page {_pages[index].Number} comes before its first number");
            }
        }

        waiting.Clear();
    }

    /// <summary>True for blanks and separators, and for covers and notices unless they are the later pages of a paper, and for the later pages of a list of contents.</summary>
    private bool BelongsToNone(int index)
    {
        var cues = _pages[index].Cues;
        var continuesList = index > 0 && _pages[index - 1].Cues is { Role: PageRole.Contents } before && cues.Counter == (before.Counter ?? 1) + 1 && _assigned[index - 1] is null;
        return continuesList || cues.Role is PageRole.Blank or PageRole.Separator || (cues.Role is not PageRole.Content && !cues.Continues);
    }

    private void Give(int index, IReadOnlyList<int> accounts, double confidence, string reason) =>
        _assigned[index] = new PageAssignment(_pages[index].Number, accounts, confidence, reason);

    private static double ConfidenceOf(AccountMention mention)
    {
        var read = mention.Recognised ? 0.6 + (0.4 * mention.Confidence) : 1;
        var role = mention.Role switch { MentionRole.Owner => 0.99, MentionRole.Listed => 0.85, _ => 0.75 };
        return read * role * (mention.Number.IsMasked ? 0.96 : 1);
    }

    private static string Describe(AccountMention mention, int page)
    {
        var masked = mention.Number.IsMasked ? $" with masked number {mention.Number.Printed}" : string.Empty;
        var elsewhere = mention.Page != page ? $", listed on page {mention.Page}" : string.Empty;
        return $"label '{mention.Label}'{masked} on page {page}{elsewhere}";
    }
}
