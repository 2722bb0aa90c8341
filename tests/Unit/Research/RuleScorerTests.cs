using Idp.Domain.Research;

namespace Idp.Unit.Research;

public sealed class RuleScorerTests
{
    [Fact]
    public void A_sentence_that_names_the_company_and_says_a_signal_is_a_reason_with_its_words()
    {
        var analysis = Score("The weather was fine. Acme bakes its bread in twelve towns. Bread is good.");

        analysis.Classification.ShouldBe("Bakery");
        analysis.Reasons.ShouldBe([new ClaimedReason("Bakes bread at scale", "https://a.example/", "Acme bakes its bread in twelve towns.")]);
        analysis.Score.ShouldBe(68);
    }

    [Theory]
    [InlineData("Boulder bakes bread.")]
    [InlineData("Acme does not bake; it resold bread? No: Boulder bakes bread.")]
    [InlineData("Acme never bakes bread.")]
    [InlineData("Acme no longer bakes bread.")]
    [InlineData("Acme doesn't bake bread, unlike Boulder.")]
    [InlineData("Acme bakes no bread.")]
    [InlineData("Acme denied that it bakes bread.")]
    [InlineData("Acme Gardens bakes bread for the birds.")]
    [InlineData("The acme of its kind bakes bread.")]
    [InlineData("Acmes bakes bread.")]
    public void What_is_said_of_another_or_denied_earns_nothing(string text) => Score(text).Classification.ShouldBe(Rubric.NothingFound);

    [Theory]
    [InlineData("Acme opened a hall. It bakes bread there.")]
    [InlineData("ACME Inc. bakes bread.")]
    [InlineData("The hall bakes bread from May on, said Acme.")]
    [InlineData("Baking bread is what Acme's bakers do: Acme's ovens bake bread.")]
    public void Forms_of_words_and_sentences_that_go_on_about_it_count(string text) => Score(text).Classification.ShouldBe("Bakery");

    [Fact]
    public void On_a_page_about_the_company_we_is_the_company() =>
        RuleScorer.Score(Rubrics.Small, "Acme", [Rubrics.Chosen("We bake bread for the whole valley.", title: "Acme – about us")]).Classification.ShouldBe("Bakery");

    [Fact]
    public void What_may_be_counts_half() => Score("Acme might bake bread.").Score.ShouldBe(34);

    [Fact]
    public void The_page_of_the_company_speaks_of_it_throughout() =>
        RuleScorer.Score(Rubrics.Small, "Acme Mills", [Rubrics.Chosen("Yes, our own hall bakes bread all night.", "https://www.acme-mills.example/about")]).Classification.ShouldBe("Bakery");

    [Theory]
    [InlineData("Acme has 1,200 ovens.", true)]
    [InlineData("Acme has 1.2 thousand large ovens.", true)]
    [InlineData("Acme has thousands of ovens.", true)]
    [InlineData("Acme has 12 ovens.", false)]
    [InlineData("Acme has ovens.", false)]
    public void A_number_in_a_phrase_means_at_least_so_many(string text, bool isFound)
    {
        var rubric = Rubrics.Small with { Signals = [new Signal("large", "Has many ovens", 50, ["#500 ovens"], "Large")] };

        (RuleScorer.Score(rubric, "Acme", [Rubrics.Chosen(text)]).Score > 0).ShouldBe(isFound);
    }

    [Fact]
    public void More_sentences_make_a_signal_stronger_and_the_score_stays_below_100()
    {
        var once = Score("Acme bakes bread.").Score;
        var thrice = Score("Acme bakes bread. Acme bakes more bread. Acme bakes rye bread. Acme is hiring bakers.").Score;

        thrice.ShouldBeGreaterThan(once);
        thrice.ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public void A_signal_against_takes_its_part_and_is_a_reason_too()
    {
        var analysis = Score("Acme resells bread. Acme does not bake.");

        analysis.Score.ShouldBe(9);
        analysis.Reasons.Select(reason => reason.Text).ShouldBe(["Says that it bakes nothing", "Sells bread of others"]);
    }

    [Fact]
    public void A_sentence_that_two_pages_print_counts_once() =>
        RuleScorer.Score(Rubrics.Small, "Acme", [Rubrics.Chosen("Acme bakes bread."), Rubrics.Chosen("Acme  bakes *bread*.", "https://b.example/")]).Reasons.Count.ShouldBe(1);

    private static CompanyAnalysis Score(string text) => RuleScorer.Score(Rubrics.Small, "Acme", [Rubrics.Chosen(text)]);
}
