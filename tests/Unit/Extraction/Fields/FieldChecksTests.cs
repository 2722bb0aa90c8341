using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Fields;

public sealed class FieldChecksTests
{
    private static readonly ExtractionSchema Loan = Schema(
        Field("date_opened", FieldType.Date), Field("maturity_date", FieldType.Date), Several("date_of_birth", FieldType.Date), Field("original_amount", FieldType.Money),
        Field("payment_amount", FieldType.Money), Field("opening_balance", FieldType.Money), Field("total_credits", FieldType.Money), Field("total_debits", FieldType.Money),
        Field("balance", FieldType.Money));

    [Fact]
    public void Figures_that_add_up_are_believed_more_whoever_read_them()
    {
        var united = FieldMerger.MergeSources(Loan, [Money("opening_balance", "100.00"), Money("total_credits", "70.00")], [Money("total_debits", "20.00"), Money("balance", "150.00")]);
        FieldChecks.Apply(united).ShouldAllBe(field => field.Confidence.Value > 0.85);
    }

    [Fact]
    public void A_figure_of_the_model_that_does_not_add_up_lowers_all_four()
    {
        var united = FieldMerger.MergeSources(
            Loan, [Money("opening_balance", "100.00"), Money("total_credits", "70.00"), Money("total_debits", "20.00")], [Money("balance", "155.00")]);
        FieldChecks.Apply(united).ShouldAllBe(field => field.Confidence.Value < 0.6);
    }

    [Fact]
    public void A_date_of_the_model_in_the_wrong_order_is_doubted()
    {
        var united = FieldMerger.MergeSources(Loan, [Date("date_opened", "2020-05-01")], [Date("maturity_date", "2019-05-01")]);
        Confidences(FieldChecks.Apply(united)).ShouldBe([("date_opened", 0.56), ("maturity_date", 0.56)]);
    }

    [Fact]
    public void What_stands_on_no_page_is_doubted_before_what_does()
    {
        var invented = Date("maturity_date", "2019-05-01", 0.3) with { Status = FieldStatus.Unsupported, Evidence = [] };
        var united = FieldMerger.MergeSources(Loan, [Date("date_opened", "2020-05-01")], [invented]);
        Confidences(FieldChecks.Apply(united)).ShouldBe([("date_opened", 0.8), ("maturity_date", 0.21)]);
    }

    [Fact]
    public void What_stands_on_no_page_stays_below_its_cap_even_if_it_adds_up()
    {
        var invented = Money("balance", "150.00") with { Status = FieldStatus.Unsupported, Evidence = [], Confidence = new Confidence(0.3) };
        var united = FieldMerger.MergeSources(Loan, [Money("opening_balance", "100.00"), Money("total_credits", "70.00"), Money("total_debits", "20.00")], [invented]);
        FieldChecks.Apply(united).Single(field => field.Name == "balance").Confidence.ShouldBe(ConfidenceModel.UnsupportedCap);
    }

    [Fact]
    public void Of_several_values_only_the_impossible_one_is_doubted()
    {
        ValueList<ExtractedField> fields = [Date("date_of_birth", "1960-01-02"), Date("date_of_birth", "2021-01-02"), Date("date_opened", "2020-05-01")];
        Confidences(FieldChecks.Apply(fields)).ShouldBe([("date_of_birth", 0.8), ("date_of_birth", 0.56), ("date_opened", 0.56)]);
    }

    [Fact]
    public void Fields_that_nothing_contradicts_stay_as_they_are()
    {
        ValueList<ExtractedField> fields = [Date("date_opened", "2020-05-01"), Date("maturity_date", "2030-05-01"), Money("original_amount", "900.00"), Money("payment_amount", "30.00")];
        FieldChecks.Apply(fields).ShouldBe(fields);
    }

    [Fact]
    public void Reading_for_a_result_with_other_sources_leaves_the_checks_to_the_end()
    {
        var schema = Schema(Field("date_opened", FieldType.Date, "Date Opened"), Field("maturity_date", FieldType.Date, "Maturity Date"));
        var page = Page(1, (0.1, 0.1, "Date Opened: 05/01/2020"), (0.1, 0.2, "Maturity Date: 05/01/2019"));
        var read = FieldExtractor.Read(schema, [page], null);
        read.Count.ShouldBe(2);
        FieldExtractor.Extract(schema, [page], null).ShouldBe(FieldChecks.Apply(read));
        FieldExtractor.Extract(schema, [page], null).ShouldNotBe(read);
    }

    private static IEnumerable<(string Name, double Confidence)> Confidences(IEnumerable<ExtractedField> fields) =>
        fields.Select(field => (field.Name, Math.Round(field.Confidence.Value, 6))).OrderBy(each => each.Name, StringComparer.Ordinal);

    private static ExtractedField Date(string name, string value, double confidence = 0.8) => Reading(name, FieldType.Date, value, confidence);

    private static ExtractedField Money(string name, string value) => Reading(name, FieldType.Money, value, 0.8);
}
