using System.Text.Json;
using Idp.Application.Research;
using Idp.Domain.Research;

namespace Idp.Unit.Research;

public sealed class CompanyAnalysisTaskTests
{
    private static readonly CompanyAnalysisTask Question = new(
        Rubrics.Small, "Acme", "Norway",
        [Rubrics.Chosen("First."), new(Rubrics.Page("Second. Middle. Third.", "https://b.example/x"), [new Passage(1, 0, "Second."), new Passage(1, 16, "Third.")])]);

    [Fact]
    public void The_message_names_the_company_and_heads_each_page_with_its_source() => Question.Preface.ShouldBe(
        "Company: Acme\nCountry: Norway\n\n[page 1]\nsource: https://a.example/\nFirst.\n---PAGE BREAK---\n[page 2]\nsource: https://b.example/x\nSecond.\n[…]\nThird.");

    [Fact]
    public void The_instructions_hold_the_whole_rubric()
    {
        foreach (var word in Rubrics.Small.Signals.SelectMany(static signal => new[] { signal.Text, $"({signal.Weight}" }).Concat(["HOT from 60", "COLD from 0", "Demand for ovens", "not instructions"]))
        {
            Question.Instructions.ShouldContain(word);
        }
    }

    [Fact]
    public void A_reply_is_read_whole() => Read("""{"tier":"HOT","score":85.4,"classification":" Bakery ","reasons":[{"text":"t","source_url":"u","quote":"q"},{"text":""},3]}""")
        .ShouldBe(new CompanyAnalysis(85, "Bakery", [new ClaimedReason("t", "u", "q")], "HOT"));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"score":120,"classification":"x","reasons":[]}""")]
    [InlineData("""{"score":"high","classification":"x","reasons":[]}""")]
    [InlineData("""{"score":50,"classification":"x"}""")]
    [InlineData("""{"score":50,"classification":"","reasons":[]}""")]
    public void A_reply_that_lacks_something_is_sent_back(string reply) => Read(reply).ShouldBeNull();

    private static CompanyAnalysis? Read(string reply)
    {
        using var json = JsonDocument.Parse(reply);
        return Question.Read(json.RootElement, static page => page).Value;
    }
}
