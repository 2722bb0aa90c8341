using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Accounts;

public sealed class DoubtfulPagesTests
{
    private static readonly string[] Lines =
    [
        "Account Number: 11112222", "ACCT NBR: 33334444", "Loan No 5555-6666", "Account Number x2222", "Transfer to account 33334444", "Page 2 of 3", "77778888",
        "Terms and conditions", "Dear Ada B. Quill", "(Continued)", "COVER SHEET", "This page intentionally left blank", "- NEXT ACCOUNT -", "06/03 Grocer 12.50",
    ];

    private static readonly Page[] Sure =
    [
        SketchedPage.OfLines(1, "Account Number: 11112222", "Balance 5.00"), SketchedPage.OfLines(2, "Account Number: 33334444", "Balance 7.00"),
    ];

    /// <summary>A letter in front of its account, after a sheet that ends another one.</summary>
    private static readonly Page[] Unsure =
    [
        SketchedPage.OfLines(1, "Account Number: 11112222", "Balance 5.00"), SketchedPage.OfLines(2, "- NEXT ACCOUNT -"),
        SketchedPage.OfLines(3, "Dear customer, please find enclosed the agreement that we discussed over the telephone last week", "and return a signed copy of it to us before the end of next month at the latest", "Amount due 12.50"),
        SketchedPage.OfLines(4, "Account Number: 33334444", "Balance 7.00"),
    ];

    [Fact]
    public void A_document_whose_pages_name_their_accounts_has_none() => Of(Sure).ShouldBeEmpty();

    [Fact]
    public void A_document_without_accounts_has_none() => DoubtfulPages.Of(PageMap.WithoutAccounts([1, 2]), Sure).ShouldBeEmpty();

    [Fact]
    public void A_page_before_the_first_number_of_its_account_is_doubtful()
    {
        var doubt = Of(Unsure).ShouldHaveSingleItem();
        (doubt.Page, doubt.Assigned).ShouldBe((3, ["33334444"]));
        doubt.Candidates.ShouldBe(["33334444", "11112222"]);
        doubt.Confidence.Value.ShouldBeLessThan(0.9);
    }

    [Fact]
    public void What_a_person_set_is_not_doubted() =>
        DoubtfulPages.Of(PageMap.Edited([("11112222", [1, 3]), ("33334444", [4])], 4), Unsure).ShouldBeEmpty();

    [Fact]
    public void A_models_answer_moves_the_page()
    {
        var map = Answer(Unsure, (3, "11112222", 0.8));
        map.Accounts.Select(account => (account.AccountNumber, account.Pages)).ShouldBe([("11112222", [1, 3]), ("33334444", [4])]);
        map.Accounts[0].Reasons.ShouldContain("a model gave it page 3");
        map.Accounts[0].Confidence.ShouldBeLessThan(AccountSplitter.Split(Unsure).Accounts[0].Confidence);
    }

    [Fact]
    public void An_answer_that_agrees_makes_the_account_surer()
    {
        var (before, after) = (AccountSplitter.Split(Unsure), Answer(Unsure, (3, "33334444", 0.9)));
        after.Accounts.Select(account => account.Pages).ShouldBe(before.Accounts.Select(account => account.Pages));
        after.Accounts[1].Confidence.ShouldBeGreaterThan(before.Accounts[1].Confidence);
        after.Accounts[1].Reasons.ShouldContain("a model confirmed page 3");
    }

    [Fact]
    public void An_answer_of_no_account_leaves_the_page_to_none() => Answer(Unsure, (3, null, 0.8)).UnassignedPages.ShouldBe([2, 3]);

    [Theory]
    [InlineData(3, "99990000", 0.9)]
    [InlineData(3, "11112222", 0.2)]
    [InlineData(3, "nonsense", 0.9)]
    [InlineData(1, "33334444", 0.9)]
    [InlineData(9, "33334444", 0.9)]
    public void An_answer_that_cannot_be_believed_changes_nothing(int page, string number, double confidence) =>
        Answer(Unsure, (page, number, confidence)).ShouldBe(AccountSplitter.Split(Unsure));

    [Fact]
    public void An_account_that_only_this_page_prints_is_a_new_one()
    {
        var map = AccountSplitter.Split(Unsure);
        var doubt = DoubtfulPages.Of(map, Unsure);
        Page[] pages = [Unsure[0], Unsure[1], SketchedPage.OfLines(3, "Account Number: 55556666"), Unsure[3]];
        map.WithAssignments(doubt, [(3, "5555-6666", 0.9)], pages).Accounts.Select(account => (account.Index, account.AccountNumber, account.Pages))
            .ShouldBe([(0, "11112222", [1]), (1, "55556666", [3]), (2, "33334444", [4])]);
    }

    [Fact]
    public void Two_answers_about_one_page_share_it()
    {
        var map = Answer(Unsure, (3, "11112222", 0.9), (3, "33334444", 0.9));
        map.Accounts.Select(account => account.SharedPages).ShouldBe([[3], [3]]);
    }

    [Fact]
    public void Whatever_is_answered_every_page_is_assigned_or_unassigned_once() => Prop.ForAll(Documents(), Answers(), (pages, answers) =>
    {
        var before = AccountSplitter.Split(pages);
        var map = before.WithAssignments(DoubtfulPages.Of(before, pages), answers, pages);
        var assigned = map.Accounts.SelectMany(account => account.Pages).Distinct().ToList();
        return !assigned.Intersect(map.UnassignedPages).Any()
            && assigned.Concat(map.UnassignedPages).Order().SequenceEqual(pages.Select(page => page.Number))
            && map.Accounts.Select(account => account.Index).SequenceEqual(Enumerable.Range(0, map.Accounts.Count))
            && map.Accounts.All(account => account.Pages.Count > 0 && account.SharedPages.SequenceEqual(account.Pages.Where(page => map.Accounts.Count(other => other.Pages.Contains(page)) > 1)))
            && map.Accounts.Select(account => account.AccountNumber).Distinct().Count() == map.Accounts.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_doubtful_page_has_candidates_among_the_accounts() => Prop.ForAll(Documents(), pages =>
    {
        var map = AccountSplitter.Split(pages);
        var known = map.Accounts.Select(account => account.AccountNumber).ToHashSet();
        return DoubtfulPages.Of(map, pages).All(doubt => doubt.Candidates.Count > 0 && doubt.Candidates.All(known.Contains) && doubt.Assigned.All(doubt.Candidates.Contains));
    }).QuickCheckThrowOnFailure();

    private static ValueList<DoubtfulPage> Of(Page[] pages) => DoubtfulPages.Of(AccountSplitter.Split(pages), pages);

    private static PageMap Answer(Page[] pages, params (int Page, string? AccountNumber, double Confidence)[] answers)
    {
        var map = AccountSplitter.Split(pages);
        return map.WithAssignments(DoubtfulPages.Of(map, pages), answers, pages);
    }

    private static Arbitrary<Page[]> Documents() => (
        from count in Gen.Choose(1, 7)
        from pages in Gen.ArrayOf(
            from lines in Gen.Choose(0, 4)
            from chosen in Gen.ArrayOf(Gen.Elements(Lines), lines)
            from recognised in Gen.Elements(false, true)
            select (chosen, recognised), count)
        select pages.Select((page, index) => SketchedPage.OfLines(index + 1, page.recognised ? PageSource.Ocr : PageSource.TextLayer, page.chosen)).ToArray())
        .ToArbitrary();

    private static Arbitrary<(int Page, string? AccountNumber, double Confidence)[]> Answers() => (
        from page in Gen.Choose(0, 8)
        from number in Gen.Elements<string?>("11112222", "33334444", "5555-6666", "****2222", "77778888", "12", null, "")
        from confidence in Gen.Choose(-10, 120)
        select (page, number, confidence / 100.0)).ListOf().Select(list => list.ToArray()).ToArbitrary();
}
