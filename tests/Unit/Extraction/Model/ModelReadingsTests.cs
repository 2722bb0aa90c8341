using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Model;

public sealed class ModelReadingsTests
{
    private static readonly ExtractionSchema Loan = Schema(
        Field("account_number", FieldType.AccountNumber, "Account Number"), Several("account_holders", FieldType.Name, "Borrower"), Field("phone", FieldType.Phone, "Phone"),
        Field("balance", FieldType.Money, "Balance"), Field("original_amount", FieldType.Money, "Loan Amount"), Field("interest_rate", FieldType.Percent, "Rate"),
        Field("date_opened", FieldType.Date, "Date Opened"), Field("cif", FieldType.Identifier, "CIF"), Field("bank_name", FieldType.Name, "Lender"));

    private static readonly ExtractionSchema Form = Schema(Several("pairs", FieldType.Pair));

    private static readonly Page Statement = Page(
        2, (0.1, 0.1, "Account Number 7009885"), (0.1, 0.2, "Balance"), (0.5, 0.2, "$1,118.11"), (0.1, 0.25, "Loan Amount"), (0.5, 0.25, "$122,438.29"),
        (0.1, 0.3, "Phone"), (0.5, 0.3, "(802) 555-0140"), (0.1, 0.35, "Date Opened"), (0.5, 0.35, "December 26, 2010"), (0.1, 0.4, "Rate"), (0.5, 0.4, "6.500%"),
        (0.1, 0.45, "Borrower Hugo McAllister and Zelda Villanueva"));

    [Fact]
    public void A_value_on_the_page_is_supported_with_the_words_boxes()
    {
        var field = Read("phone", "802-555-0140", quote: "(802) 555-0140", page: 2);
        (field.Value, field.Printed, field.Status).ShouldBe(("(802) 555-0140", "(802) 555-0140", FieldStatus.Supported));
        var place = field.Evidence.ShouldHaveSingleItem();
        (place.Page, place.Quote).ShouldBe((2, "(802) 555-0140"));
        place.Boxes.ShouldHaveSingleItem().ShouldBe(Box.Union(Statement.Words.Where(word => word.Text is "(802)" or "555-0140").Select(word => word.Box)));
        field.Confidence.Value.ShouldBeGreaterThan(0.85);
    }

    [Theory]
    [InlineData("date_opened", "2010-12-26", "December 26, 2010")]
    [InlineData("balance", "1118.11", "$1,118.11")]
    [InlineData("interest_rate", "6.5", "6.500%")]
    public void A_value_without_a_quote_is_found_however_it_is_printed(string name, string said, string printed)
    {
        var field = Read(name, said);
        (field.Printed, field.Status).ShouldBe((printed, FieldStatus.Supported));
    }

    [Fact]
    public void A_rate_keeps_the_digits_that_are_printed() => Read("interest_rate", "6.5").Value.ShouldBe("6.500");

    [Fact]
    public void A_page_that_the_model_names_wrongly_does_not_matter() => Read("balance", "1118.11", page: 9).Evidence.ShouldHaveSingleItem().Page.ShouldBe(2);

    [Fact]
    public void A_value_on_no_page_is_unsupported_and_little_trusted()
    {
        var field = Read("phone", "(802) 555-9999", quote: "(802) 555-9999", page: 2);
        field.Status.ShouldBe(FieldStatus.Unsupported);
        field.Evidence.ShouldBeEmpty();
        field.Confidence.ShouldBeLessThanOrEqualTo(ConfidenceModel.UnsupportedCap);
    }

    [Theory]
    [InlineData("balance", "1118.17", "$1,118.11")]
    [InlineData("original_amount", "122438.28", "$122,438.29")]
    [InlineData("original_amount", "122438.28", null)]
    [InlineData("phone", "(802) 555-0146", "(802) 555-0140")]
    [InlineData("date_opened", "2010-12-28", "December 26, 2010")]
    public void A_digit_that_differs_from_the_print_is_never_supported(string name, string said, string? quote)
    {
        var field = Read(name, said, quote);
        field.Status.ShouldBe(FieldStatus.Unsupported);
        field.Confidence.ShouldBeLessThanOrEqualTo(ConfidenceModel.UnsupportedCap);
    }

    [Fact]
    public void An_amount_is_not_taken_for_another_with_the_same_digits()
    {
        var page = Page(1, (0.1, 0.2, "500"), (0.1, 0.3, "$111,811"));
        Align(Loan, [page], null, new ModelReading("balance", "5.00", null, 1, null)).ShouldHaveSingleItem().Status.ShouldBe(FieldStatus.Unsupported);
        Align(Loan, [page], null, new ModelReading("balance", "1118.11", null, 1, null)).ShouldHaveSingleItem().Status.ShouldBe(FieldStatus.Unsupported);
    }

    [Fact]
    public void A_value_that_only_follows_from_its_quote_is_derived_and_less_trusted()
    {
        var page = Page(1, (0.1, 0.2, "repayable in twelve equal instalments of one hundred dollars"));
        var field = Align(Loan, [page], null, new ModelReading("original_amount", "1200.00", null, 1, "twelve equal instalments of one hundred dollars")).ShouldHaveSingleItem();
        field.Status.ShouldBe(FieldStatus.Derived);
        field.Evidence.ShouldHaveSingleItem().Quote.ShouldBe("twelve equal instalments of one hundred dollars");
        field.Confidence.Value.ShouldBeLessThanOrEqualTo(0.5);
    }

    [Fact]
    public void A_value_of_the_wrong_form_is_trusted_less_as_if_rules_had_read_it()
    {
        var schema = Schema(Field("routing_number", FieldType.Identifier, "Routing Number"), Field("date_opened", FieldType.Date, "Date Opened"));
        var page = Page(1, (0.1, 0.1, "Routing Number: 021000021"), (0.1, 0.2, "Routing Number: 021000027"), (0.1, 0.3, "Routing Number: 02100002"), (0.1, 0.4, "Date Opened: 12/26/1410"));
        Confidence[] trust = [.. new[] { "021000021", "021000027", "02100002" }
            .Select(value => Align(schema, [page], null, new ModelReading("routing_number", value, value, 1, null)).ShouldHaveSingleItem().Confidence)];
        trust[1].ShouldBeLessThan(trust[0]);
        trust[2].Value.ShouldBeLessThan(0.5);
        Align(schema, [page], null, new ModelReading("date_opened", "12/26/1410", "12/26/1410", 1, null)).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_is_not_supported_by_the_quote_of_another() =>
        Read("bank_name", "Merchants Union Bank", quote: "Hugo McAllister and Zelda Villanueva").Status.ShouldNotBe(FieldStatus.Supported);

    [Fact]
    public void A_value_that_is_none_is_read_from_its_quote() => Read("balance", "see quote", quote: "$1,118.11").Value.ShouldBe("1118.11");

    [Fact]
    public void Of_several_places_the_labelled_one_is_the_proof()
    {
        var page = Page(1, (0.1, 0.2, "Fee"), (0.5, 0.2, "$25.00"), (0.1, 0.3, "Balance"), (0.5, 0.3, "$25.00"));
        Align(Loan, [page], null, new ModelReading("balance", "25.00", null, 1, "$25.00")).ShouldHaveSingleItem().Evidence.ShouldHaveSingleItem().Boxes[0].Y.ShouldBe(0.3, 0.001);
    }

    [Fact]
    public void Of_several_places_the_one_within_a_longer_quote_is_the_proof()
    {
        var page = Page(1, (0.1, 0.2, "Amount owed: $25.00"), (0.1, 0.3, "Late charge: $25.00"));
        var field = Align(Loan, [page], null, new ModelReading("balance", "25.00", null, 1, "Late charge: $25.00")).ShouldHaveSingleItem();
        field.Evidence.ShouldHaveSingleItem().Quote.ShouldBe("$25.00");
        field.Evidence[0].Boxes[0].Y.ShouldBe(0.3, 0.001);
    }

    [Fact]
    public void Badly_recognised_words_are_forgiven_and_trusted_less()
    {
        var clean = Page(1, (0.1, 0.2, "Borrower Harriet G. Dunmore"));
        var scan = Recognized(1, PageSource.Ocr, 0.5, (0.1, 0.2, "Borrower Harriet G. Dunrnore"));
        var (sure, unsure) = (Holder(clean), Holder(scan));
        (unsure.Status, unsure.Value, unsure.Printed).ShouldBe((FieldStatus.Supported, "Harriet G. Dunmore", "Harriet G. Dunrnore"));
        unsure.Confidence.ShouldBeLessThan(sure.Confidence);

        static ExtractedField Holder(Page page) => Align(Loan, [page], null, new ModelReading("account_holders", "Harriet G. Dunmore", null, 1, null)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Names_that_the_schema_does_not_know_are_dropped() => Align(Loan, [Statement], null, new ModelReading("shoe_size", "44", null, 2, "44")).ShouldBeEmpty();

    [Theory]
    [InlineData("N/A")]
    [InlineData("null")]
    [InlineData("  ")]
    public void What_models_write_for_nothing_is_nothing(string said) => Align(Loan, [Statement], null, new ModelReading("bank_name", said, null, 2, null)).ShouldBeEmpty();

    [Fact]
    public void The_number_of_another_account_is_dropped_and_a_mask_of_the_own_is_the_own()
    {
        Align(Loan, [Statement], "7009885", new ModelReading("account_number", "7009886", null, 2, null)).ShouldBeEmpty();
        var masked = Align(Loan, [Statement], "7009885", new ModelReading("account_number", "****9885", null, 2, null)).ShouldHaveSingleItem();
        (masked.Value, masked.Status).ShouldBe(("7009885", FieldStatus.Supported));
        Align(Loan, [Statement], "7009885", new ModelReading("cif", "7009885", null, 2, null)).ShouldBeEmpty();
    }

    [Fact]
    public void Two_persons_in_one_value_are_two() => Align(Loan, [Statement], null, new ModelReading("account_holders", "Hugo McAllister and Zelda Villanueva", null, 2, null))
        .Select(field => (field.Value, field.Status)).ShouldBe([("Hugo McAllister", FieldStatus.Supported), ("Zelda Villanueva", FieldStatus.Supported)]);

    [Fact]
    public void Each_page_for_which_a_value_is_given_is_a_reading()
    {
        Page[] pages = [Page(1, (0.1, 0.2, "Balance $5.00")), Page(2, (0.1, 0.2, "Balance $5.00"))];
        Align(Loan, pages, null, new ModelReading("balance", "5.00", null, 1, "$5.00"), new ModelReading("balance", "5.00", null, 2, "$5.00")).Select(field => field.Evidence[0].Page).ShouldBe([1, 2]);
    }

    [Fact]
    public void The_value_of_a_pair_is_the_one_beside_its_key()
    {
        var page = Page(1, (0.1, 0.2, "Sender:"), (0.4, 0.2, "Akron"), (0.1, 0.3, "Receiver:"), (0.4, 0.3, "Akron"));
        var pair = Align(Form, [page], null, new ModelReading("pairs", "Akron", "Receiver:", 1, null)).ShouldHaveSingleItem();
        (pair.Key, pair.Value).ShouldBe(("Receiver", "Akron"));
        pair.Evidence.ShouldHaveSingleItem().Boxes[0].Y.ShouldBe(0.3, 0.001);
        Align(Form, [page], null, new ModelReading("pairs", "Akron", null, 1, null)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_a_model_says_makes_it_throw_or_gives_a_box_that_is_not_on_the_page() =>
        Prop.ForAll(Wild(), readings =>
        {
            var fields = ModelReadings.Align(Loan, [Statement], readings, "7009885");
            return fields.All(field => (field.Status is FieldStatus.Unsupported) == (field.Evidence.Count is 0)
                && (field.Status is not FieldStatus.Unsupported || field.Confidence <= ConfidenceModel.UnsupportedCap)
                && field.Evidence.All(place => place.Page is 2 && place.Boxes.All(box => Statement.Words.Any(word => box.Intersection(word.Box).Area > 0))));
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<List<ModelReading>> Wild() => (
        from name in Gen.Elements("account_number", "account_holders", "phone", "balance", "date_opened", "cif", "bank_name", "nonsense")
        from value in Gen.OneOf(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get), Gen.Elements("7009885", "1,118.11", "December 26, 2010", "Hugo McAllister", "and", "Balance"))
        from quote in Gen.OneOf(Gen.Constant<string?>(null), Gen.Elements<string?>("$1,118.11", "Balance", "Account Number 7009885", "\n", ""))
        from page in Gen.Elements<int?>(null, -1, 0, 2, 7)
        select new ModelReading(name, value, null, page, quote)).ListOf().Select(list => list.ToList()).ToArbitrary();

    private static ExtractedField Read(string name, string value, string? quote = null, int? page = null) =>
        Align(Loan, [Statement], "7009885", new ModelReading(name, value, null, page, quote)).ShouldHaveSingleItem();

    private static ValueList<ExtractedField> Align(ExtractionSchema schema, IReadOnlyList<Page> pages, string? account, params ModelReading[] readings) =>
        ModelReadings.Align(schema, pages, readings, account);
}
