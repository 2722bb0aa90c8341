using System.Text.Json;
using Idp.Api.CommandLine.Evaluation;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction;

public class ScoringTests
{
    [Fact]
    public void Receipt_values_agree_after_normalising()
    {
        using var truth = JsonDocument.Parse(
            """{"fields":{"company":"Mawar Sdn. Bhd.","date":"4-MAR-2018","address":"No 9, Jalan Mawar","total":"RM 8.50"}}""");

        var score = ReceiptScoring.Score(
            truth, [Field("company", "MAWAR SDN BHD"), Field("date", "2018-03-04"), Field("address", "NO.9 JALAN MAWAR"), Field("total", "8.50")]);

        score.Fields.Values.ShouldAllBe(tally => tally.F1 == 1);
        score.Judgements.ShouldAllBe(judgement => judgement.Right);
    }

    [Fact]
    public void A_wrong_receipt_value_costs_precision_and_recall()
    {
        using var truth = JsonDocument.Parse("""{"fields":{"total":"8.50"}}""");

        var score = ReceiptScoring.Score(truth, [Field("total", "9.50")]);

        score.Fields["total"].ShouldBe(new Tally(1, 1, 0));
        score.Fields["company"].ShouldBe(new Tally(0, 0, 0));
    }

    [Fact]
    public void A_pair_may_differ_by_a_fifth_of_its_characters_and_matches_once()
    {
        using var truth = JsonDocument.Parse("""{"pairs":[{"question":"Supplier:","answer":"Burke Research"}]}""");

        var score = FormScoring.Score(
            truth, [Pair("Suppliar", "Burke Reseorch", 0.9), Pair("Supplier", "Burke Research", 0.8), Pair("Supplier", "Somebody else", 0.4)]);

        score.Pairs.ShouldBe(new Tally(1, 3, 1));
        score.Judgements.Select(judgement => judgement.Right).ShouldBe([false, true, false]);
    }

    [Fact]
    public void A_tick_matches_only_a_tick()
    {
        using var truth = JsonDocument.Parse("""{"pairs":[{"question":"Yes","answer":"☑"}]}""");

        FormScoring.Score(truth, [Pair("Yes", "☐", 0.9)]).Pairs.Right.ShouldBe(0);
        FormScoring.Score(truth, [Pair("Yes", "☑", 0.9)]).Pairs.Right.ShouldBe(1);
    }

    private static ExtractedField Field(string name, string value) =>
        new(name, FieldType.Text, value, value, Confidence.Full, FieldStatus.Supported, [], []);

    private static ExtractedField Pair(string key, string value, double confidence) =>
        Field("pairs", value) with { Type = FieldType.Pair, Key = key, Confidence = new Confidence(confidence) };
}
