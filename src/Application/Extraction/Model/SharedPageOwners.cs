using Idp.Application.Kernel.Costs;

namespace Idp.Application.Extraction;

/// <summary>Decides with which account a page that several share is read, so that it is paid for once.</summary>
internal sealed class SharedPageOwners(ICallJournal journal)
{
    /// <summary>The account with which each shared page is read: one for which the page was answered before, else the first that is open.</summary>
    /// <param name="open">The accounts that are read now.</param>
    /// <param name="others">Accounts of the document that were read before.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>By page; pages of a single account, and those of which all accounts were read before, are missing.</returns>
    public async Task<IReadOnlyDictionary<int, AccountToRead>> FindAsync(
        IReadOnlyList<AccountToRead> open, IReadOnlyList<AccountToRead> others, CancellationToken ct)
    {
        var wanted = open.SelectMany(account => account.PagesWithWords).ToHashSet();
        var shared = open.Concat(others).SelectMany(account => account.PagesWithWords.Where(wanted.Contains).Select(page => (Page: page, Account: account)))
            .GroupBy(each => each.Page, each => each.Account).Where(holders => holders.Count() > 1).ToList();
        if (shared.Count == 0)
        {
            return new Dictionary<int, AccountToRead>();
        }

        var keys = shared.SelectMany(holders => holders.Select(account => account.SectionOf(holders.Key).Key)).ToList();
        var answered = await journal.FindSectionsAsync(keys, ct);
        return shared.ToDictionary(
            holders => holders.Key,
            holders => holders.FirstOrDefault(account => answered.ContainsKey(account.SectionOf(holders.Key).Key)) ?? holders.First());
    }
}
