using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>The pages of a document with the accounts that they were given to.</summary>
/// <param name="Evidence">What each page says, in page order.</param>
/// <param name="Accounts">The accounts.</param>
/// <param name="Assignments">One a page, in page order; none when there are no accounts.</param>
internal sealed record SplitPages(
    IReadOnlyList<PageEvidence> Evidence, IReadOnlyList<AccountIdentity> Accounts, IReadOnlyList<PageAssignment> Assignments);

/// <summary>Finds which page of a document belongs to which account.</summary>
/// <remarks>
/// A page belongs to the account whose number a label announces on it. A page without a number continues the account before it, unless its holders or
/// amounts are those of another. Covers, separators, notices and blanks belong to none. Numbers that only point elsewhere ("transfer to account …") do not count.
/// </remarks>
public static class AccountSplitter
{
    private const int MostReasons = 12;

    /// <summary>A number without a label is looked for only when it has this many characters.</summary>
    private const int FewestUnlabelled = 6;

    /// <summary>Splits the pages by account.</summary>
    /// <param name="pages">The pages; their numbers must differ.</param>
    /// <returns>
    /// The accounts in the order of their first page, and the pages of none. A document without any account number has no accounts, and all its pages
    /// are unassigned.
    /// </returns>
    public static PageMap Split(IReadOnlyList<Page> pages)
    {
        var (evidence, accounts, assignments) = Assign(pages);
        if (accounts.Count is 0)
        {
            return new PageMap([], evidence.Select(page => page.Number).ToValueList());
        }

        var given = assignments.SelectMany(page => page.Accounts.Select(account => (Account: account, Page: page))).ToLookup(each => each.Account, each => each.Page);
        var found = accounts
            .Select(account => (Account: account, Pages: given[account.Id].ToList()))
            .Where(each => each.Pages.Count > 0)
            .OrderBy(each => each.Pages[0].Page)
            .Select((each, index) => ToAccountPages(index, each.Account, each.Pages))
            .ToValueList();
        return new PageMap(found, assignments.Where(page => page.Accounts.Count is 0).Select(page => page.Page).ToValueList());
    }

    /// <summary>Gives each page to accounts, and tells how sure that is.</summary>
    /// <param name="pages">The pages; their numbers must differ.</param>
    internal static SplitPages Assign(IReadOnlyList<Page> pages)
    {
        var evidence = pages.OrderBy(page => page.Number).Select(Read).ToList();
        var accounts = AccountIdentities.Find(evidence.SelectMany(CountingMentions).ToList());
        if (accounts.Count is 0)
        {
            return new SplitPages(evidence, [], []);
        }

        var keys = accounts.SelectMany(account => account.Keys).ToHashSet(StringComparer.Ordinal);
        var complete = evidence.Select(page => page with { Mentions = [.. page.Mentions, .. UnlabelledMentions(page, keys)] }).ToList();
        return new SplitPages(complete, accounts, PageAssigner.Assign(complete, accounts));
    }

    private static PageEvidence Read(Page page)
    {
        var tokens = PageTokens.Of(page);
        return new PageEvidence(tokens, PageCues.Of(tokens), AccountMentionFinder.Find(tokens));
    }

    /// <summary>The mentions that may name an account: the rows of a cover's list do not.</summary>
    private static IEnumerable<AccountMention> CountingMentions(PageEvidence page)
    {
        var several = page.Mentions.Select(mention => mention.Number.Key).Distinct().Count() > 1;
        var labelled = page.Cues.IsCover && several
            ? page.Mentions.Select(mention => mention with { Role = MentionRole.Reference })
            : page.Mentions;
        return page.Cues.IsCover ? labelled.Concat(ListedOnCover(page)) : labelled;
    }

    /// <summary>Numbers that begin a line of a cover name no account by themselves, but tell how a number that was read with doubt is meant.</summary>
    private static IEnumerable<AccountMention> ListedOnCover(PageEvidence page) =>
        from line in page.Tokens.Lines
        let read = NumberReader.ReadAt(line, 0, page.Tokens.Recognised)
        where read is { Number: { IsMasked: false, Characters.Length: >= FewestUnlabelled } }
        select new AccountMention(page.Number, read.Number, read.Number.Printed, MentionRole.Reference, read.Confidence, page.Tokens.Recognised);

    /// <summary>Known numbers that stand on the page without a label.</summary>
    private static IEnumerable<AccountMention> UnlabelledMentions(PageEvidence page, HashSet<string> keys)
    {
        foreach (var line in page.Tokens.Lines)
        {
            for (var at = 0; at < line.Count; at++)
            {
                if (NumberReader.ReadAt(line, at, page.Tokens.Recognised) is not { Number: { IsMasked: false, Characters.Length: >= FewestUnlabelled } } read
                    || !keys.Contains(read.Number.Key)
                    || page.Mentions.Any(mention => mention.Number.IsSameAs(read.Number)))
                {
                    continue;
                }

                yield return new AccountMention(
                    page.Number, read.Number, read.Number.Printed, MentionRole.Weak, read.Confidence, page.Tokens.Recognised);
            }
        }
    }

    private static AccountPages ToAccountPages(int index, AccountIdentity account, List<PageAssignment> pages) => new(
        index,
        account.Number.Value,
        pages.Select(page => page.Page).ToValueList(),
        pages.Where(page => page.Accounts.Count > 1).Select(page => page.Page).ToValueList(),
        new Confidence(pages.Average(page => page.Confidence)),
        pages.Select(page => page.Reason).OfType<string>().Distinct().Take(MostReasons).ToValueList());
}
