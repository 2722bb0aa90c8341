using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Accounts;

public sealed class AccountSplitterProperties
{
    private static readonly string[] Lines =
    [
        "Account Number: 11112222", "ACCT NBR: 33334444", "Loan No 5555-6666", "Account Number x2222", "Transfer to account 33334444", "Page 2 of 3",
        "Terms and conditions", "Dear Ada B. Quill", "(Continued)", "COVER SHEET", "This page intentionally left blank", "- NEXT ACCOUNT -", "06/03 Grocer 12.50",
    ];

    [Fact]
    public void Every_page_is_assigned_or_unassigned_and_no_page_is_invented() =>
        Prop.ForAll(Documents(), pages =>
        {
            var map = AccountSplitter.Split(pages);
            var assigned = map.Accounts.SelectMany(account => account.Pages).Distinct().ToList();
            return !assigned.Intersect(map.UnassignedPages).Any()
                && assigned.Concat(map.UnassignedPages).Order().SequenceEqual(pages.Select(page => page.Number).Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shared_pages_are_those_of_several_accounts() =>
        Prop.ForAll(Documents(), pages =>
        {
            var map = AccountSplitter.Split(pages);
            return map.Accounts.All(account => account.SharedPages.SequenceEqual(
                account.Pages.Where(page => map.Accounts.Count(other => other.Pages.Contains(page)) > 1)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_in_which_the_pages_are_given_does_not_matter() =>
        Prop.ForAll(Documents(), pages => AccountSplitter.Split(pages).Equals(AccountSplitter.Split(pages.Reverse().ToList()))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_page_put_in_front_moves_the_pages_and_changes_no_account() =>
        Prop.ForAll(Documents(), pages =>
        {
            var moved = pages.Select(page => page with { Number = page.Number + 1 }).Prepend(new SketchedPage(1).Build()).ToList();
            var (before, after) = (AccountSplitter.Split(pages), AccountSplitter.Split(moved));
            return before.Accounts.Select(account => (account.AccountNumber, string.Join(',', account.Pages.Select(page => page + 1))))
                .SequenceEqual(after.Accounts.Select(account => (account.AccountNumber, string.Join(',', account.Pages))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_words_make_it_throw() =>
        Prop.ForAll(WildPages(), page =>
        {
            _ = AccountSplitter.Split([page]);
            return true;
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<Page[]> Documents() => (
        from count in Gen.Choose(1, 7)
        from pages in Gen.ArrayOf(
            from lines in Gen.Choose(0, 4)
            from chosen in Gen.ArrayOf(Gen.Elements(Lines), lines)
            from recognised in Gen.Elements(false, true)
            select (chosen, recognised), count)
        select pages.Select((page, index) => SketchedPage.OfLines(index + 1, page.recognised ? PageSource.Ocr : PageSource.TextLayer, page.chosen)).ToArray())
        .ToArbitrary();

    private static Arbitrary<Page> WildPages() => (
        from texts in Gen.ArrayOf(ArbMap.Default.GeneratorFor<NonEmptyString>(), 30)
        from places in Gen.ArrayOf(Gen.Choose(-200, 1200), texts.Length * 4)
        from source in Gen.Elements(PageSource.Ocr, PageSource.TextLayer)
        select new Page(
            1, new PageSize(612, 792), 0, source, false,
            texts.Select((text, index) => new Word(
                text.Get,
                new Box(places[index * 4] / 1000.0, places[(index * 4) + 1] / 1000.0, places[(index * 4) + 2] / 5000.0, places[(index * 4) + 3] / 5000.0),
                new Confidence(0.5))).ToValueList(),
            string.Empty)).ToArbitrary();
}
