using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class AnswerTests
{
    private static readonly Chunk Rates = new(0, ["Loans"], "The interest rate is 6.000 percent. It is fixed for ten years.", [], 20);

    private static readonly Chunk Fees = new(1, ["Fees"], "A late payment costs 35 dollars.", [], 10);

    [Fact]
    public void An_answer_that_its_passages_hold_stands()
    {
        var answer = CitedAnswer.Check(new ClaimedAnswer("The rate is 6.000 percent.", true, [new ClaimedCitation(0, "interest rate is 6.000 percent")]), [Rates, Fees]);

        answer.IsFound.ShouldBeTrue();
        answer.Sentences.ShouldBe([new AnswerSentence("The rate is 6.000 percent.", true)]);
        answer.Citations.ShouldHaveSingleItem().ShouldSatisfyAllConditions(citation => citation.IsSupported.ShouldBeTrue(), citation => citation.Quote.Start.ShouldBe(4));
    }

    [Fact]
    public void A_sentence_without_support_is_marked()
    {
        var answer = CitedAnswer.Check(
            new ClaimedAnswer("The rate is 6.000 percent. The rate falls to 2.500 percent next year.", true, [new ClaimedCitation(0, "The interest rate is 6.000 percent.")]), [Rates]);

        answer.Sentences.Select(sentence => sentence.IsSupported).ShouldBe([true, false]);
    }

    [Fact]
    public void A_quote_that_is_not_in_its_passage_supports_nothing()
    {
        var answer = CitedAnswer.Check(new ClaimedAnswer("The rate is 6.000 percent.", true, [new ClaimedCitation(1, "The interest rate is 6.000 percent.")]), [Rates, Fees]);

        answer.ShouldBe(CitedAnswer.NotFound);
    }

    [Fact]
    public void An_answer_without_citations_is_not_found() =>
        CitedAnswer.Check(new ClaimedAnswer("The rate is 6.000 percent.", true, []), [Rates]).ShouldBe(CitedAnswer.NotFound);

    [Fact]
    public void Quotes_are_the_sentences_that_say_most_of_what_is_asked()
    {
        var quotes = Quote("What does a late payment cost?");

        quotes.ShouldHaveSingleItem().Quote.Quote.ShouldBe("A late payment costs 35 dollars.");
    }

    [Fact]
    public void What_no_passage_speaks_of_is_not_quoted() => Quote("Who discovered the element tungsten in which year?").ShouldBeEmpty();

    private static ValueList<AnswerQuote> Quote(string text)
    {
        var question = SearchQuestion.Parse(text);
        Chunk[] chunks = [Rates, Fees];
        var terms = chunks.Select(chunk => PassageTerms.Of(chunk.Text, chunk.Headings)).ToList();
        var statistics = new CollectionStatistics(
            2, 10, question.Terms.ToDictionary(term => term.Term, term => (long)terms.Count(passage => $" {passage.Words} ".Contains($" {term.Term} ", StringComparison.Ordinal)), StringComparer.Ordinal));
        var ranking = new PassageRanking(question, statistics);
        var candidates = chunks.Zip(terms).Select(pair => (pair.First, Score: ranking.ScoreOf(pair.Second))).Where(pair => pair.Score is not null)
            .Select(pair => new CandidatePassage(pair.First, pair.Score!.Value)).OrderByDescending(candidate => candidate.Score.Score).ToList();
        return QuotedAnswer.Of(question, candidates, statistics);
    }
}
