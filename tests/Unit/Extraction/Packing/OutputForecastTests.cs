using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Packing;

public sealed class OutputForecastTests
{
    private static readonly TableDefinition Transactions = new("transactions",
    [
        new("date", FieldType.Date, ["Date"]), new("description", FieldType.Text, ["Description"]), new("amount", FieldType.Money, ["Amount"]),
    ]);

    private static readonly ExtractionSchema Loan = Schema(Field("balance", FieldType.Money, "Balance"), Field("phone", FieldType.Phone, "Phone"));

    [Fact]
    public void A_blank_page_has_no_answer() => OutputForecast.Of(new SketchedPage(1).Build(), Loan, 1).ShouldBe(0);

    [Fact]
    public void Each_label_on_the_page_makes_the_answer_longer()
    {
        var none = Forecast(Loan, "Terms and conditions");
        var one = Forecast(Loan, "Terms and conditions", "Balance: 5.00");
        var both = Forecast(Loan, "Terms and conditions", "Balance: 5.00", "Phone: (802) 555-0140");
        one.ShouldBeGreaterThan(none);
        both.ShouldBeGreaterThan(one);
    }

    [Fact]
    public void The_answer_to_a_labelled_field_is_about_as_long_as_its_reply() =>
        Forecast(Schema(Field("balance", FieldType.Money, "Balance")), "Balance: 5,000.00").ShouldBeInRange(35, 70);

    [Fact]
    public void Fields_without_a_label_are_shared_out_among_the_pages()
    {
        var page = SketchedPage.OfLines(1, "Terms and conditions");
        OutputForecast.Of(page, Loan, 20).ShouldBeLessThan(OutputForecast.Of(page, Loan, 1));
    }

    [Fact]
    public void Every_row_of_a_table_makes_the_answer_longer()
    {
        var schema = Loan with { Tables = [Transactions] };
        var (ten, forty) = (Forecast(schema, Rows(10)), Forecast(schema, Rows(30)));
        (forty - ten).ShouldBeInRange(20 * 25, 20 * 60);
    }

    [Fact]
    public void Rows_that_nobody_asks_for_do_not_count() => Forecast(Loan, Rows(30)).ShouldBe(Forecast(Loan, Rows(3)));

    [Fact]
    public void The_pairs_of_a_form_are_counted_by_its_words()
    {
        var form = Schema(Several("pairs", FieldType.Pair));
        Forecast(form, "Name: Ada", "Town: Akron", "Date: May 1").ShouldBeGreaterThan(Forecast(form, "Name: Ada"));
    }

    private static string[] Rows(int count) => [.. Enumerable.Range(1, count).Select(row => $"03/{1 + (row % 28):00}/2020 Grocer {row}.50")];

    private static int Forecast(ExtractionSchema schema, params string[] lines) => OutputForecast.Of(SketchedPage.OfLines(1, PageSource.TextLayer, lines), schema, 1);
}
