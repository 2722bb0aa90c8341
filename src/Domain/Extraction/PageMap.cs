using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>One account of a document and the pages that belong to it.</summary>
/// <param name="Index">Its place in the document, from 0.</param>
/// <param name="AccountNumber">The normalised number, without separators that only format it; null when the document has no account
/// numbers.</param>
/// <param name="Pages">The pages that belong to it, from 1, ascending; shared pages included.</param>
/// <param name="SharedPages">Those of <paramref name="Pages"/> that belong to another account as well.</param>
/// <param name="Confidence">How sure the boundaries are.</param>
/// <param name="Reasons">Why, for a person, e.g. <c>label 'ACCT NBR' on page 2</c>.</param>
public sealed record AccountPages(
    int Index, string? AccountNumber, ValueList<int> Pages, ValueList<int> SharedPages, Confidence Confidence, ValueList<string> Reasons);

/// <summary>Which page belongs to which account.</summary>
/// <param name="Accounts">The accounts in the order of their first page.</param>
/// <param name="UnassignedPages">Pages of no account: covers, blanks, separators.</param>
public sealed record PageMap(ValueList<AccountPages> Accounts, ValueList<int> UnassignedPages)
{
    /// <summary>One account without a number that holds every page; what a document without accounts is taken for.</summary>
    public static PageMap WithoutAccounts(IEnumerable<int> pages) =>
        new([new AccountPages(0, null, pages.Order().ToValueList(), [], Confidence.Full, [])], []);

    /// <summary>A map as a person wants it: certain, with shared and unassigned pages worked out.</summary>
    /// <param name="accounts">Numbers and pages in the wished order.</param>
    /// <param name="totalPages">Pages of the document.</param>
    public static PageMap Edited(IEnumerable<(string? AccountNumber, ValueList<int> Pages)> accounts, int totalPages)
    {
        var edited = accounts.ToList();
        var owners = edited.SelectMany(account => account.Pages.Distinct()).CountBy(page => page).ToDictionary();
        return new PageMap(
            edited.Select((account, index) => new AccountPages(
                index, account.AccountNumber, account.Pages.Distinct().Order().ToValueList(),
                account.Pages.Distinct().Where(page => owners[page] > 1).Order().ToValueList(), Confidence.Full, ["set by a person"])).ToValueList(),
            Enumerable.Range(1, totalPages).Where(page => !owners.ContainsKey(page)).ToValueList());
    }

    /// <summary>The map after a model was asked about doubtful pages.</summary>
    /// <remarks>
    /// Only accounts of the map, or whose numbers are printed on the page, are believed, and only about pages that were asked about. A page may be named with
    /// several accounts, which then share it. Accounts left without pages vanish; the others stay in the order of their first page.
    /// </remarks>
    /// <param name="asked">The pages that the model was asked about.</param>
    /// <param name="answers">What it answered; the confidence is its own word, 0 to 1. No number: the page belongs to no account.</param>
    /// <param name="pages">The pages of the document.</param>
    public PageMap WithAssignments(
        IReadOnlyList<DoubtfulPage> asked, IReadOnlyList<(int Page, string? AccountNumber, double Confidence)> answers, IReadOnlyList<Page> pages) =>
        AnsweredPages.Apply(this, asked, answers, pages);
}
