using System.Text.Json;
using Idp.Api.CommandLine.Evaluation;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Evaluation;

public sealed class PacketScoringTests
{
    private const string Truth = """
        {"pages":[
          {"page":1,"account":null,"scored":false},
          {"page":2,"account":"12-345","scored":true},
          {"page":3,"account":"12-345","scored":true},
          {"page":4,"account":"777","scored":true}],
         "accounts":[
          {"account_number":"12-345","pages":[2,3],"fields":{
            "balance":{"value":"5000.00","occurrences":[{"value":"5000.00","page":2,"bbox":[100,200,160,210]}]},
            "account_holder":{"values":["Hugo McAllister","Zelda Villanueva"],"occurrences":[]},
            "ssn":{"values":["666-99-9401","last4:9401"],"occurrences":[]}}},
          {"account_number":"777","pages":[4],"fields":{}}]}
        """;

    [Fact]
    public void Pages_and_exact_accounts_are_counted()
    {
        var tally = Score([Account("12345", 2, 3)], [Account("12345", 2, 3), Account("777", 1)]);
        (tally.Pages, tally.PagesRight, tally.Accounts, tally.AccountsExact).ShouldBe((3, 2, 2, 1));
    }

    [Fact]
    public void Values_are_compared_in_normal_form()
    {
        var tally = Score([Account("12345", 2) with { Fields = [Field("balance", "5000"), Field("balance", "5000.0"), Field("account_holders", "HUGO MCALLISTER"), Field("ssn_last4", "9401")] }], []);
        (tally.Field("balance").Right, tally.Field("balance").Wrong).ShouldBe((1, 0));
        (tally.Field("account_holders").Right, tally.Field("account_holders").Missed).ShouldBe((1, 1));
        (tally.Field("ssn_last4").Right, tally.Field("ssn_last4").Missed).ShouldBe((1, 0));
    }

    [Fact]
    public void A_value_that_the_account_does_not_have_is_wrong_and_a_field_that_nobody_knows_is_not_judged()
    {
        var tally = Score([Account("777", 4) with { Fields = [Field("phone", "(802) 555-0140"), Field("guarantors", "Ann Poe")] }], []);
        tally.Field("phone").Wrong.ShouldBe(1);
        tally.Fields.ShouldNotContainKey("guarantors");
    }

    [Fact]
    public void Fields_of_an_account_that_was_not_found_are_missed() => Score([], []).AllFields.Missed.ShouldBe(4);

    [Theory]
    [InlineData(2, 100, 1)]
    [InlineData(2, 150, 0)]
    [InlineData(3, 100, 0)]
    public void Evidence_is_right_on_the_right_page_over_the_printed_value(int page, double left, int right)
    {
        var field = Field("balance", "5000.00") with { Evidence = [new Evidence(page, "5,000.00", [new Box(left / 612, 200.0 / 792, 60.0 / 612, 10.0 / 792)])] };
        var tally = Score([Account("12345", 2) with { Fields = [field] }], []);
        (tally.Evidence, tally.EvidenceRight).ShouldBe((1, right));
    }

    [Fact]
    public void The_ranking_is_one_when_right_values_are_trusted_more()
    {
        var tally = new PacketTally();
        tally.Judged.AddRange([(0.9, true), (0.8, true), (0.3, false)]);
        tally.ConfidenceRanking().ShouldBe(1);
        tally.Judged.Add((0.95, false));
        tally.ConfidenceRanking().ShouldBe(0.5);
    }

    [Fact]
    public void Tallies_add_up()
    {
        var total = Score([Account("12345", 2) with { Fields = [Field("balance", "5000.00")] }], []);
        total.Add(Score([Account("12345", 2) with { Fields = [Field("balance", "1.00")] }], []));
        (total.Field("balance").Right, total.Field("balance").Wrong, total.Field("balance").Missed, total.Pages).ShouldBe((1, 1, 1, 6));
        total.Field("balance").F1.ShouldBe(0.5);
    }

    private static PacketTally Score(AccountExtraction[] read, AccountExtraction[] pages)
    {
        using var truth = JsonDocument.Parse(Truth);
        var map = new PageMap(pages
            .Select(account => new AccountPages(account.Index, account.AccountNumber, account.Pages, [], Confidence.Full, [])).ToValueList(), []);
        return PacketScoring.Score(truth, map, read, Enumerable.Range(1, 4).ToDictionary(page => page, _ => new PageSize(612, 792)));
    }

    private static AccountExtraction Account(string number, params int[] pages) => new(0, number, pages.ToValueList(), [], []);

    private static ExtractedField Field(string name, string value) =>
        new(name, FieldType.Text, value, value, new Confidence(0.9), FieldStatus.Supported, [], []);
}
