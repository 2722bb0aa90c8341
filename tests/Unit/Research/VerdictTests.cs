using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Research;

namespace Idp.Unit.Research;

public sealed class VerdictTests
{
    [Fact]
    public void The_rubric_decides_the_tier_of_every_score() => Prop.ForAll(
        Gen.Choose(0, 100).ToArbitrary(),
        static score => Verdict.Of(Rubrics.Small, new CompanyAnalysis(score, "x", [], "HOT"), []).Tier == (score >= 60 ? "HOT" : score >= 30 ? "WATCH" : "COLD"))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_tier_of_the_model_that_the_score_does_not_bear_out_is_remarked()
    {
        var findings = Verdict.Of(Rubrics.Small, new CompanyAnalysis(45, "x", [], "HOT"), []);

        findings.Tier.ShouldBe("WATCH");
        findings.Remarks.ShouldHaveSingleItem().ShouldContain("HOT");
    }

    [Fact]
    public void A_reason_is_supported_by_the_words_of_the_page_that_it_names_and_of_no_other()
    {
        var findings = Verdict.Of(
            Rubrics.Small,
            new CompanyAnalysis(80, "x",
            [
                new("said", "https://A.example", "Acme bakes bread daily"),
                new("elsewhere", "https://b.example/", "Acme bakes bread daily"),
                new("unsent", "https://c.example/", "Acme bakes bread daily"),
                new("invented", "https://a.example/", "Acme bakes cake daily"),
            ], null),
            [Rubrics.Chosen("Indeed, Acme bakes bread daily."), Rubrics.Chosen("Nothing of the kind.", "https://b.example/")]);

        findings.Reasons.Select(static reason => reason.IsSupported).ShouldBe([true, false, false, false]);
        findings.Remarks.ShouldHaveSingleItem().ShouldContain("3 of 4");
    }
}
