using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Fields;

public sealed class FieldExtractorTests
{
    private static readonly FieldDefinition Rate = Field("interest_rate", FieldType.Percent, "Interest Rate", "fixed rate of");
    private static readonly FieldDefinition Opened = Field("date_opened", FieldType.Date, "Date Opened");
    private static readonly FieldDefinition Deposit = Field("opening_deposit", FieldType.Money, "Initial Deposit $");
    private static readonly FieldDefinition Balance = Field("balance", FieldType.Money, "Balance", "Ending Balance");
    private static readonly FieldDefinition Holders = Several("account_holders", FieldType.Name, "Borrower", "Account Owner(s) Name & Address", "Owner/Signer Name");
    private static readonly FieldDefinition Bank = Field("bank_name", FieldType.Name, "Lender");
    private static readonly FieldDefinition Address = Field("address", FieldType.Address, "Residence");
    private static readonly FieldDefinition Kind = Field("account_type", FieldType.Category, "Product", "Type of Account");
    private static readonly FieldDefinition Number = Field("account_number", FieldType.AccountNumber, "Account Number");

    [Fact]
    public void A_value_is_read_behind_its_label() =>
        Read(Rate, Page(1, (0.1, 0.2, "Interest Rate: 6.500%"))).Value.ShouldBe("6.500");

    [Fact]
    public void A_value_is_read_in_the_cell_to_the_right() =>
        Read(Opened, Page(1, (0.1, 0.2, "Date Opened"), (0.5, 0.2, "April 26, 2019"))).Value.ShouldBe("2019-04-26");

    [Fact]
    public void A_value_is_read_under_its_label_among_several_in_a_row()
    {
        var page = Page(1, (0.1, 0.2, "Initial Deposit $"), (0.5, 0.2, "Date Opened"), (0.1, 0.22, "2,500.50"), (0.5, 0.22, "21-AUG-2016"));
        Read(Deposit, page).Value.ShouldBe("2500.50");
        Read(Opened, page).Value.ShouldBe("2016-08-21");
    }

    [Fact]
    public void A_value_is_read_in_a_sentence() => Read(Rate, Page(
        1, (0.1, 0.2, "each payment and interest is calculated at a fixed rate of 6.500% per annum based on a year"))).Value.ShouldBe("6.500");

    [Fact]
    public void A_value_in_a_sentence_may_stand_on_the_next_line() => Read(Rate, Page(
        1, (0.1, 0.2, "each payment and interest on this loan is calculated at a fixed rate of"), (0.1, 0.214, "6.500% per annum based on a year of many days")))
        .Value.ShouldBe("6.500");

    [Fact]
    public void The_evidence_covers_the_value_and_not_its_label()
    {
        var page = Page(1, (0.1, 0.2, "Interest Rate: 6.500%"));
        var evidence = Read(Rate, page).Evidence.ShouldHaveSingleItem();
        evidence.Quote.ShouldBe("6.500%");
        evidence.Boxes.ShouldHaveSingleItem().ShouldBe(page.Words[2].Box);
    }

    [Fact]
    public void The_tail_of_a_longer_label_is_no_label() =>
        Extract(Balance, Page(1, (0.1, 0.2, "Escrow Balance"), (0.5, 0.2, "$301.48"))).ShouldBeEmpty();

    [Fact]
    public void A_column_of_a_table_is_no_single_value() => Extract(Balance, Page(
        1,
        (0.1, 0.2, "Date"), (0.3, 0.2, "Description"), (0.7, 0.2, "Amount"), (0.85, 0.2, "Balance"),
        (0.1, 0.22, "01/02"), (0.3, 0.22, "Check"), (0.7, 0.22, "10.00"), (0.85, 0.22, "90.00"))).ShouldBeEmpty();

    [Fact]
    public void Words_of_a_row_that_starts_with_a_date_are_no_labels() => Extract(
        Field("payment_amount", FieldType.Money, "Payment"), Page(1, (0.1, 0.2, "01/02/2020"), (0.3, 0.2, "Payment"), (0.6, 0.2, "1,118.11"))).ShouldBeEmpty();

    [Fact]
    public void Options_to_tick_under_a_label_are_no_value() => Extract(Kind, Page(
        1, (0.1, 0.2, "Type of Account"), (0.1, 0.22, "Checking"), (0.22, 0.22, "Savings"))).ShouldBeEmpty();

    [Fact]
    public void A_heading_names_the_kind_of_account() =>
        Read(Kind, Page(1, (0.1, 0.3, "Student Checking Account Summary"))).Value.ShouldBe("STUDENT CHECKING");

    [Fact]
    public void The_names_over_a_labelled_address_are_the_holders()
    {
        var page = Page(
            1, (0.1, 0.2, "Borrower:"), (0.25, 0.2, "Hugo McAllister"), (0.25, 0.214, "Zelda Villanueva"), (0.25, 0.228, "776 Harvest Blvd"), (0.25, 0.242, "Fairmont, IA 50021"),
            (0.6, 0.2, "Lender:"), (0.7, 0.2, "Ridgeline Community Bank"), (0.7, 0.214, "212 Exchange Street"), (0.7, 0.228, "Akron, OH 44301"));
        var fields = FieldExtractor.Extract(Schema(Holders, Bank, Address), [page], null);
        fields.Where(field => field.Name == "account_holders")
            .Select(field => field.Value).ShouldBe(["Hugo McAllister", "Zelda Villanueva"]);
        fields.Single(field => field.Name == "bank_name").Value.ShouldBe("Ridgeline Community Bank");
        var address = fields.Single(field => field.Name == "address");
        address.Value.ShouldBe("776 Harvest Blvd, Fairmont, IA 50021");
        address.Evidence[0].Boxes.Count.ShouldBe(2);
    }

    [Fact]
    public void The_letterhead_names_the_bank_and_the_mailing_window_the_holder()
    {
        var page = Page(
            1, (0.06, 0.04, "Merchants Union Bank"), (0.06, 0.06, "19 Court Plaza, Cedar Falls, OH 44221"),
            (0.1, 0.16, "CALVIN J. PEMBERTON"), (0.1, 0.174, "6695 QUARRY ST"), (0.1, 0.188, "LINDEN, TX 75563"));
        var fields = FieldExtractor.Extract(Schema(Holders, Bank, Address), [page], null);
        fields.Select(field => (field.Name, field.Value)).ShouldBe(
        [
            ("account_holders", "Calvin J. Pemberton"), ("bank_name", "Merchants Union Bank"), ("address", "6695 Quarry St, Linden, TX 75563"),
        ]);
    }

    [Fact]
    public void A_counter_within_a_label_does_not_matter() => FieldExtractor.Extract(
        Schema(Holders), [Page(1, (0.1, 0.2, "Owner/Signer 2 Name"), (0.1, 0.22, "Dexter L. Thibodeaux"))], null)
        .ShouldHaveSingleItem().Value.ShouldBe("Dexter L. Thibodeaux");

    [Fact]
    public void Two_persons_on_one_line_are_two_values_and_a_firm_is_one()
    {
        var page = Page(1, (0.1, 0.2, "Borrower: Hugo McAllister and Zelda Villanueva"), (0.1, 0.4, "Borrower: Maple & Main Hardware Inc."));
        FieldExtractor.Extract(Schema(Holders), [page], null).Select(field => field.Value)
            .ShouldBe(["Hugo McAllister", "Zelda Villanueva", "Maple & Main Hardware Inc."]);
    }

    [Fact]
    public void The_given_account_number_gets_its_places()
    {
        var field = FieldExtractor.Extract(Schema(Number), [Page(1, (0.1, 0.2, "Account # 68 9985 8679")), Page(2, (0.1, 0.2, "Nothing here"))], "6899858679")
            .ShouldHaveSingleItem();
        (field.Value, field.Printed, field.Status).ShouldBe(("6899858679", "68 9985 8679", FieldStatus.Supported));
        field.Evidence.ShouldHaveSingleItem().Page.ShouldBe(1);
    }

    [Fact]
    public void An_account_number_that_no_page_shows_is_unsupported_and_little_trusted()
    {
        var field = FieldExtractor.Extract(Schema(Number), [Page(1, (0.1, 0.2, "Nothing here"))], "7009885").ShouldHaveSingleItem();
        field.Status.ShouldBe(FieldStatus.Unsupported);
        field.Confidence.ShouldBe(ConfidenceModel.UnsupportedCap);
    }

    [Fact]
    public void A_recognised_label_with_a_wrong_letter_is_still_a_label() => Read(
        Rate, Recognized(1, PageSource.Ocr, 0.9, (0.1, 0.2, "Intcrest Rate"), (0.5, 0.2, "6.500%"))).Value.ShouldBe("6.500");

    [Fact]
    public void Amounts_that_add_up_are_trusted_more()
    {
        FieldDefinition[] fields =
        [
            Field("opening_balance", FieldType.Money, "Beginning balance"), Balance,
            Field("total_credits", FieldType.Money, "Deposits"), Field("total_debits", FieldType.Money, "Withdrawals"),
        ];
        var addsUp = FieldExtractor.Extract(Schema(fields), [Summary("$150.00")], null);
        var doesNot = FieldExtractor.Extract(Schema(fields), [Summary("$170.00")], null);
        addsUp.Single(field => field.Name == "balance").Confidence.ShouldBeGreaterThan(doesNot.Single(field => field.Name == "balance").Confidence);
        addsUp.Single(field => field.Name == "total_debits").Value.ShouldBe("100.00");
    }

    private static Page Summary(string ending) => Page(
        1, (0.1, 0.2, "Beginning balance"), (0.4, 0.2, "$200.00"), (0.1, 0.22, "Deposits"), (0.4, 0.22, "$50.00"),
        (0.1, 0.24, "Withdrawals"), (0.4, 0.24, "-$100.00"), (0.1, 0.26, "Ending balance"), (0.4, 0.26, ending));

    private static ExtractedField Read(FieldDefinition field, Page page) => Extract(field, page).ShouldHaveSingleItem();

    private static ValueList<ExtractedField> Extract(FieldDefinition field, Page page) => FieldExtractor.Extract(Schema(field), [page], null);
}
