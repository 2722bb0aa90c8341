using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Accounts;

public sealed class CoverSheetTests
{
    [Theory]
    [InlineData("ARCHIVE HAND-OVER", "Prepared by: Desk 9", "Date sent: 02/11/2023", "Number of folders: 4", "Destination: Cellar 2", "Sheet: 1 of 1")]
    [InlineData("FAX", "To: R. Olm", "From: K. Brandt", "Pages: 12", "Please find the papers that you asked for.")]
    [InlineData("Facsimile Cover Sheet", "Attention: Loan desk", "Pages including this one: 7")]
    [InlineData("Scanning Batch Header", "Operator: 17", "Station: 3")]
    [InlineData("Routing Slip", "1. Desk A", "2. Desk B", "3. File room")]
    [InlineData("Vessel 12", "Batch: 55-A", "Box: 9", "Operator: Ines", "Scan date: 04/05/2022")]
    [InlineData("Closing Checklist", "[x] Note", "[x] Deed of trust", "[ ] Appraisal")]
    [InlineData("TABLE OF CONTENTS", "Note ... 3", "Statements ... 7", "Letters ... 9")]
    [InlineData("Document Inventory", "Signature card 1", "Statements 4")]
    [InlineData("Red folder", "Shelf seven", "North wing")]
    public void A_sheet_before_the_papers_of_an_account_belongs_to_none(params string[] lines)
    {
        var map = AccountSplitter.Split([SketchedPage.OfLines(1, lines), SketchedPage.OfLines(2, "Account Number: 11112222", "Balance $40.00")]);

        map.UnassignedPages.ShouldBe([1]);
        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([2]);
    }

    [Theory]
    [InlineData("FAX TRANSMISSION", "To: R. Olm", "From: K. Brandt", "Pages: 12")]
    [InlineData("Batch Header", "Operator: 17", "Box: 3")]
    [InlineData("File Index", "Signature card 1", "Statements 4")]
    [InlineData("Separator sheet", "Remove before scanning")]
    public void A_sheet_between_two_accounts_belongs_to_none(params string[] lines)
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, lines), SketchedPage.OfLines(3, "Account Number: 33334444"),
        ]);

        map.UnassignedPages.ShouldBe([2]);
        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1", "3"]);
    }

    [Theory]
    [InlineData("Loan application", "Applicant: Ada B. Quill", "Purpose: a barn")]
    [InlineData("Purchase of a barn", "Price $12,000.00", "Seller O. Fenn")]
    [InlineData("This letter says in many words that the barn at the end of the lane is for sale to whoever wants it.")]
    public void A_page_with_content_before_the_first_number_belongs_to_it(params string[] lines)
    {
        var map = AccountSplitter.Split([SketchedPage.OfLines(1, lines), SketchedPage.OfLines(2, "Account Number: 11112222")]);

        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_bare_page_that_names_the_holder_belongs_to_the_holders_account()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Photo of Ada B. Quill"),
            SketchedPage.OfLines(2, "Account Number: 11112222", "Ada B. Quill", "12 Mill Road", "Marlow, VT 05143"),
        ]);

        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void What_comes_after_a_cover_belongs_to_the_account_that_follows()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "COVER SHEET", "Batch: 2"),
            SketchedPage.OfLines(3, "Agreement between the bank and its customer"), SketchedPage.OfLines(4, "Account Number: 33334444"),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1", "3,4"]);
    }

    [Fact]
    public void What_comes_after_a_checklist_goes_on_with_the_account_before()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "Document Checklist", "[x] Note"),
            SketchedPage.OfLines(3, "Agreement between the bank and its customer"), SketchedPage.OfLines(4, "Account Number: 33334444"),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,3", "4"]);
    }

    [Fact]
    public void The_second_page_of_a_table_of_contents_belongs_to_none_either()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Table of contents", "Page 1 of 2"), SketchedPage.OfLines(2, "Page 2 of 2", "Statements ... 40"),
            SketchedPage.OfLines(3, "Account Number: 33334444"),
        ]);

        map.UnassignedPages.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_page_of_text_that_links_to_a_table_of_contents_is_none()
    {
        var sentence = "The bank may change the price of any of its services after it has told its customers.";
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "Table of Contents", sentence, sentence, sentence, sentence, sentence),
        ]);

        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void The_back_of_a_sheet_with_only_a_stamp_is_blank()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, PageSource.Ocr, "Account Number: 11112222"), SketchedPage.OfLines(2, PageSource.Ocr, "| RECEIVED MAR 04 2024 |"),
        ]);

        map.UnassignedPages.ShouldBe([2]);
    }
}
