using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Statements;

public sealed class StatementMergerTests
{
    private const string Spoilt = "              4#00                  350";
    private const string Sound = "              400                   350";

    [Fact]
    public void A_value_that_only_the_model_read_is_taken_with_the_line_it_stands_on()
    {
        var page = PrintedReport.Page(1, PrintedReport.BalanceSheet.Replace(Sound, Spoilt, StringComparison.Ordinal));
        var byRules = Read(page);

        var united = StatementMerger.Merge(byRules, [Said(Line("Accounts payable", ("2023-06-30", "400"), ("2022-12-31", "350")))], [page]);

        byRules.Unexplained.Count.ShouldBe(1);
        united.Line("Accounts payable").ValueOf("2022-12-31").ShouldBe("350");
        united.Lines.Count.ShouldBe(byRules.Lines.Count);
    }

    [Fact]
    public void A_line_that_the_page_does_not_have_is_not_taken_from_the_model()
    {
        var page = PrintedReport.Page(1, PrintedReport.BalanceSheet);
        var byRules = Read(page);

        var united = StatementMerger.Merge(byRules, [Said(Line("Crypto assets", ("2023-06-30", "777"), ("2022-12-31", "666")))], [page]);

        united.Lines.Select(line => line.Label).ShouldBe(byRules.Lines.Select(line => line.Label));
    }

    [Fact]
    public void Of_two_values_the_one_stands_with_which_the_sums_agree()
    {
        // The scan has 900 for 400: with it the current liabilities do not add up.
        var page = PrintedReport.Page(1, PrintedReport.BalanceSheet.Replace(Sound, "              900                   350", StringComparison.Ordinal), PageSource.Ocr);
        var byRules = Read(page);

        var cell = StatementMerger.Merge(byRules, [Said(Line("Accounts payable", ("2023-06-30", "400"), ("2022-12-31", "350")))], [page]).Line("Accounts payable").Cells[0];

        (cell.Value, cell.Alternative).ShouldBe(("400", "900"));
    }

    [Fact]
    public void A_models_slip_stays_an_alternative()
    {
        var page = PrintedReport.Page(1, PrintedReport.BalanceSheet);

        var cell = StatementMerger.Merge(Read(page), [Said(Line("Accounts payable", ("2023-06-30", "470"), ("2022-12-31", "350")))], [page]).Line("Accounts payable").Cells[0];

        (cell.Value, cell.Alternative).ShouldBe(("400", "470"));
    }

    [Fact]
    public void Rows_that_a_model_repeats_or_skips_change_nothing()
    {
        var page = PrintedReport.Page(1, PrintedReport.BalanceSheet);
        var byRules = Read(page);
        var lines = byRules.Lines.Where((_, at) => at % 3 != 0).Select(line => Line(line.Label, [.. line.Cells.Select(cell => (cell.Period, cell.Value))])).ToList();

        var united = StatementMerger.Merge(byRules, [Said([.. lines, .. lines])], [page]);

        united.Lines.Select(line => (line.Label, line.Cells.Count)).ShouldBe(byRules.Lines.Select(line => (line.Label, line.Cells.Count)));
    }

    [Fact]
    public void Agreement_makes_a_line_more_certain()
    {
        var page = PrintedReport.Page(1, PrintedReport.BalanceSheet);
        var byRules = Read(page);

        var united = StatementMerger.Merge(byRules, [Said(Line("Total assets", ("2023", "2200"), ("2022", "1820")))], [page]);

        united.Line("Total assets").Confidence.ShouldBeGreaterThan(byRules.Line("Total assets").Confidence);
    }

    private static FinancialStatement Read(Page page) => StatementReader.Read(StatementLocator.Find([page]).Statements.ShouldHaveSingleItem());

    private static ModelStatement Said(params ModelStatementLine[] lines) => new(StatementType.BalanceSheet, "USD", 1000, [.. lines]);

    private static ModelStatementLine Line(string label, params (string Period, string Value)[] values) =>
        new(label, 1, values.Select(value => KeyValuePair.Create(value.Period, value.Value)).ToValueList());
}
