using System.Text.Json;
using Idp.Api.CommandLine.Evaluation;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Evaluation;

public sealed class StatementScoringTests
{
    private const string Truth = """
        {"statement_pages":{"balance_sheet":[4],"cash_flow":[6]},
         "line_items":[
          {"statement":"balance_sheet","label":"Total assets","values":{"2023":2200,"FY2022":1820},"page":4},
          {"statement":"cash_flow","label":"Net income","values":{"3M 2023-06-30":75},"page":6}]}
        """;

    [Fact]
    public void Values_count_where_statement_label_period_and_number_agree()
    {
        var score = Score([
            Statement(StatementType.BalanceSheet, 4, [new("2023-06-30", new DateOnly(2023, 6, 30), null), new("2022-12-31", new DateOnly(2022, 12, 31), null)], ("TOTAL ASSETS", ["2200", "1280"])),
            Statement(StatementType.CashFlow, 6, [new("6M 2023-06-30", new DateOnly(2023, 6, 30), 6)], ("Net income", ["75"]))]);

        score.Pages.ShouldBe(new Tally(2, 2, 2));
        score.Values["balance_sheet"].ShouldBe(new Tally(2, 2, 1));
        score.Values["cash_flow"].ShouldBe(new Tally(1, 1, 0));
    }

    [Fact]
    public void A_value_read_twice_counts_once()
    {
        var score = Score([Statement(StatementType.BalanceSheet, 4, [new("2023", null, null)], ("Total assets", ["2200"]), ("Total assets", ["2200"]))]);

        score.Values["balance_sheet"].ShouldBe(new Tally(2, 2, 1));
        score.Judgements.Count(judgement => judgement.Right).ShouldBe(1);
    }

    private static StatementScore Score(ValueList<FinancialStatement> statements)
    {
        using var truth = JsonDocument.Parse(Truth);
        return StatementScoring.Score(truth, statements);
    }

    private static FinancialStatement Statement(StatementType type, int page, ValueList<StatementPeriod> periods, params (string Label, string[] Values)[] lines) => new(
        type, string.Empty, [page], "USD", 1, periods,
        lines.Select(line => new StatementLine(line.Label, 0, null, page, periods.Zip(line.Values, (period, value) => new StatementCell(period.Key, value, value, null)).ToValueList(), [], Confidence.Full)).ToValueList(),
        lines.Length, [], []);
}
