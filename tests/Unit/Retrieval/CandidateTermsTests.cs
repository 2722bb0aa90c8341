using Idp.Domain.Retrieval;
using Idp.Infrastructure.Retrieval.Sql;

namespace Idp.Unit.Retrieval;

public sealed class CandidateTermsTests
{
    private static readonly SearchQuestion Question = SearchQuestion.Parse("alpha beta gamma delta");

    [Fact]
    public void A_small_collection_is_searched_for_every_term_that_it_has() => Of(9_000, 8_000, 7_000, 10, 0).ShouldBe(["gamma", "beta", "alpha"]);

    [Fact]
    public void A_large_one_is_searched_for_the_rarest_terms_as_many_as_lead_to_enough_passages() => Of(1_000_000, 50_000, 3_900, 200, 90_000).ShouldBe(["gamma", "beta"]);

    [Fact]
    public void A_term_of_very_many_passages_is_left_out_where_rarer_ones_lead_to_some() => Of(1_000_000, 60_000, 300, 40, 90_000).ShouldBe(["gamma", "beta"]);

    [Fact]
    public void Without_rarer_ones_it_is_searched_for_all_the_same() => Of(1_000_000, 60_000, 0, 40, 90_000).ShouldBe(["gamma", "alpha"]);

    private static IEnumerable<string> Of(long passages, params long[] having)
    {
        string[] names = ["alpha", "beta", "gamma", "delta"];
        var terms = SearchTerms.Of("alpha beta gamma delta").WordText.Split(' ').ToList();
        var statistics = new CollectionStatistics(passages, 100, terms.Zip(having).ToDictionary(static pair => pair.First, static pair => pair.Second));
        return CandidateTerms.Of(Question, statistics).Select(term => names[terms.IndexOf(term)]);
    }
}
