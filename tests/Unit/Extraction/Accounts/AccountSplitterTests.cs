using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Accounts;

public sealed class AccountSplitterTests
{
    [Theory]
    [InlineData("ACCT NBR: 40551873")]
    [InlineData("A/C No. 40551873")]
    [InlineData("Account # 40551873")]
    [InlineData("Account#40551873")]
    [InlineData("Loan Acct No 40551873")]
    [InlineData("LOAN NO: 40551873")]
    [InlineData("Account Number: 40551873")]
    [InlineData("Note Number 40551873")]
    [InlineData("Loan Account 40551873")]
    [InlineData("We, the owners of checking acct # 40551873")]
    public void Knows_the_spellings_of_the_label(string line)
    {
        var map = AccountSplitter.Split([SketchedPage.OfLines(1, "Signature card", line)]);

        map.Accounts.ShouldHaveSingleItem().AccountNumber.ShouldBe("40551873");
    }

    [Fact]
    public void Reads_the_number_far_to_the_right_of_its_label()
    {
        var page = new SketchedPage(1).Put(320, 90, "Loan Number").PutRight(570, 90, "5512-9987-10").Build();

        AccountSplitter.Split([page]).Accounts.ShouldHaveSingleItem().AccountNumber.ShouldBe("5512-9987-10");
    }

    [Fact]
    public void Reads_the_number_beneath_its_label()
    {
        var page = new SketchedPage(1).Put(50, 90, "Account Number").Put(300, 90, "Statement Date").Put(55, 104, "77120934").Put(300, 104, "May 3, 2020").Build();

        AccountSplitter.Split([page]).Accounts.ShouldHaveSingleItem().AccountNumber.ShouldBe("77120934");
    }

    [Fact]
    public void The_account_column_of_a_note_is_a_customer_number()
    {
        var page = new SketchedPage(1)
            .Put(60, 80, "Principal").Put(160, 80, "Loan No").Put(260, 80, "Call / Coll").Put(360, 80, "Account").Put(460, 80, "Officer")
            .Put(55, 95, "$90,000.00").Put(155, 95, "83340017").Put(260, 95, "65 / 5").Put(360, 95, "936568").Put(460, 95, "K. Lind")
            .Build();

        AccountSplitter.Split([page]).Accounts.ShouldHaveSingleItem().AccountNumber.ShouldBe("83340017");
    }

    [Fact]
    public void Pages_without_a_number_continue_the_account_before_them()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "Terms and conditions apply to this agreement"),
            SketchedPage.OfLines(3, "Account Number: 33334444"), SketchedPage.OfLines(4, "Payment history of the year"),
        ]);

        map.Accounts.Select(account => (account.AccountNumber, string.Join(',', account.Pages))).ShouldBe([("11112222", "1,2"), ("33334444", "3,4")]);
    }

    [Fact]
    public void A_masked_number_belongs_to_the_account_that_ends_like_it()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "Account Number: 33334444"),
            SketchedPage.OfLines(3, "Account Number ending in 2222"), SketchedPage.OfLines(4, "Account Number ****4444"),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,3", "2,4"]);
    }

    [Fact]
    public void Of_two_accounts_that_end_alike_a_mask_means_the_one_at_hand()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11118093"), SketchedPage.OfLines(2, "Account Number x8093"),
            SketchedPage.OfLines(3, "Account Number: 77778093"), SketchedPage.OfLines(4, "Account Number x8093"),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,2", "3,4"]);
    }

    [Theory]
    [InlineData("Autopay is drawn from deposit account 33334444 on the due date.")]
    [InlineData("Loan proceeds of $500.00 deposited to account 33334444.")]
    [InlineData("See also account number 33334444")]
    [InlineData("Transfer to account # 33334444")]
    [InlineData("Related account no. 33334444")]
    public void A_number_that_points_elsewhere_does_not_move_the_page(string reference)
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "Escrow analysis of the year", reference),
            SketchedPage.OfLines(3, "Account Number: 33334444"),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,2", "3"]);
    }

    [Fact]
    public void Covers_separators_blanks_and_notices_belong_to_no_account()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "DOCUMENT IMAGING TRANSMITTAL", "Account Number 11112222", "Account Number 33334444"),
            SketchedPage.OfLines(2, "Account Number: 11112222"), SketchedPage.OfLines(3, "- NEXT ACCOUNT -"),
            SketchedPage.OfLines(4, "Account Number: 33334444"), SketchedPage.OfLines(5, "This page intentionally left blank"),
            new SketchedPage(6).Build(), SketchedPage.OfLines(7, "PRIVACY NOTICE", "We keep what you tell us to ourselves."),
        ]);

        map.UnassignedPages.ShouldBe([1, 3, 5, 6, 7]);
        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["2", "4"]);
    }

    [Fact]
    public void A_page_that_two_labels_claim_is_shared()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222"), SketchedPage.OfLines(2, "Account Number: 11112222", "Closing balance", "Account Number: 33334444"),
            SketchedPage.OfLines(3, "Terms and conditions"),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,2", "2,3"]);
        map.Accounts.ShouldAllBe(account => account.SharedPages.Contains(2));
    }

    [Fact]
    public void A_summary_that_names_the_page_of_each_account_gives_them_those_pages()
    {
        var summary = new SketchedPage(1)
            .Put(60, 40, "Page 1 of 4").Put(60, 100, "ACCOUNT NAME").Put(250, 100, "ACCOUNT NUMBER").Put(480, 100, "DETAILS ON")
            .Put(60, 120, "CHECKING").Put(250, 120, "11112222").Put(480, 120, "page 1")
            .Put(60, 140, "SAVINGS").Put(250, 140, "33334444").Put(480, 140, "page 3")
            .Build();

        var map = AccountSplitter.Split([summary, SketchedPage.OfLines(2, "Food and travel"), SketchedPage.OfLines(3, "Interest earned"), SketchedPage.OfLines(4, "Fees")]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,2", "3,4"]);
    }

    [Fact]
    public void Two_numbers_one_digit_apart_are_two_accounts()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, PageSource.Ocr, "Account Number: 11112222"), SketchedPage.OfLines(2, PageSource.Ocr, "Account Number: 11112223"),
        ]);

        map.Accounts.Count.ShouldBe(2);
    }

    [Fact]
    public void A_slip_of_recognition_makes_no_new_account()
    {
        var doubtful = new SketchedPage(2, PageSource.Ocr).Put(50, 40, "Account Number:").Put(150, 40, "11112228", confidence: 0.4).Build();

        var map = AccountSplitter.Split([SketchedPage.OfLines(1, PageSource.Ocr, "Account Number: 11112222"), doubtful]);

        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void The_list_on_a_cover_tells_how_a_doubtful_number_is_meant()
    {
        var doubtful = new SketchedPage(2, PageSource.Ocr).Put(50, 40, "Account Number:").Put(150, 40, "11112228", confidence: 0.4).Build();

        var map = AccountSplitter.Split([SketchedPage.OfLines(1, PageSource.Ocr, "COVER SHEET", "11112222 Quill", "33334444 Fenn"), doubtful]);

        map.Accounts.ShouldHaveSingleItem().AccountNumber.ShouldBe("11112222");
        map.UnassignedPages.ShouldBe([1]);
    }

    [Fact]
    public void What_a_mask_shows_corrects_a_number_read_with_doubt()
    {
        var doubtful = new SketchedPage(1, PageSource.Ocr).Put(50, 40, "Account Number:").Put(150, 40, "1111-2228", confidence: 0.4).Build();

        var map = AccountSplitter.Split([doubtful, SketchedPage.OfLines(2, PageSource.Ocr, "Account Number ****2223"), SketchedPage.OfLines(3, "Account Number: 77778093")]);

        map.Accounts.Select(account => (account.AccountNumber, string.Join(',', account.Pages))).ShouldBe([("1111-2223", "1,2"), ("77778093", "3")]);
    }

    [Fact]
    public void Masks_that_do_not_agree_correct_nothing()
    {
        var doubtful = new SketchedPage(1, PageSource.Ocr).Put(50, 40, "Account Number:").Put(150, 40, "11112228", confidence: 0.4).Build();

        var map = AccountSplitter.Split([
            doubtful, SketchedPage.OfLines(2, PageSource.Ocr, "Account Number ****2223"), SketchedPage.OfLines(3, PageSource.Ocr, "Account Number ****2227"),
        ]);

        map.Accounts[0].AccountNumber.ShouldBe("11112228");
    }

    [Fact]
    public void One_number_in_two_formats_is_one_account()
    {
        var map = AccountSplitter.Split([SketchedPage.OfLines(1, "Account Number: 1111-2222-33"), SketchedPage.OfLines(2, "Account Number: 1111222233")]);

        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_letter_to_the_holder_of_another_account_goes_to_that_account()
    {
        var map = AccountSplitter.Split([
            SketchedPage.OfLines(1, "Account Number: 11112222", "Ada B. Quill", "12 Mill Road", "Marlow, VT 05143"),
            SketchedPage.OfLines(2, "Account Number: 33334444", "Otto Fenn", "9 Lake Drive", "Linden, TX 75563"),
            SketchedPage.OfLines(3, "Dear Ada B. Quill: the analysis of your escrow is complete."),
        ]);

        map.Accounts.Select(account => string.Join(',', account.Pages)).ShouldBe(["1,3", "2"]);
    }

    [Fact]
    public void Content_before_the_only_number_belongs_to_it()
    {
        var map = AccountSplitter.Split([SketchedPage.OfLines(1, "Pay slip for the month of May"), SketchedPage.OfLines(2, "Account Number: 11112222")]);

        map.Accounts.ShouldHaveSingleItem().Pages.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_document_without_numbers_has_no_accounts()
    {
        var map = AccountSplitter.Split([SketchedPage.OfLines(1, "Annual report"), SketchedPage.OfLines(2, "Balance sheet")]);

        map.Accounts.ShouldBeEmpty();
        map.UnassignedPages.ShouldBe([1, 2]);
    }

    [Fact]
    public void Says_which_label_on_which_page_named_the_account() =>
        AccountSplitter.Split([SketchedPage.OfLines(1, "ACCT NBR: 11112222")]).Accounts[0].Reasons.ShouldBe(["label 'ACCT NBR' on page 1"]);

    [Fact]
    public void A_number_read_with_doubt_gives_less_confidence_than_a_clear_one()
    {
        var doubtful = new SketchedPage(1, PageSource.Ocr).Put(50, 40, "Account Number:").Put(150, 40, "11112222", confidence: 0.3).Build();

        var clear = AccountSplitter.Split([SketchedPage.OfLines(1, "Account Number: 11112222")]).Accounts[0].Confidence;

        AccountSplitter.Split([doubtful]).Accounts[0].Confidence.ShouldBeLessThan(clear);
    }
}
