using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class SearchTests
{
    [Theory]
    [InlineData("INV-2023/0017", "inv20230017")]
    [InlineData("FY2018", "2018")]
    [InlineData("FY2018", "fy")]
    [InlineData("$1,577.00", "1577.00")]
    public void A_text_is_found_by(string text, string term) => SearchTerms.Of(text).All.ShouldContain(term);

    [Fact]
    public void Accents_do_not_matter() => SearchTerms.Of("Café crèmes, Straße, Łódź").WordText.ShouldBe(SearchTerms.Of("cafe cremes strasse lodz").WordText);

    [Fact]
    public void Any_text_can_be_searched_for() => Prop.ForAll(
            ArbMap.Default.ArbFor<string?>(),
            static text => SearchQuestion.Parse(text ?? string.Empty).Terms.All(term => term.Term.Length > 0 && !term.Term.Contains(' ', StringComparison.Ordinal) && !term.Term.Contains('"', StringComparison.Ordinal)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Quotes_ask_for_phrases_and_stars_for_beginnings()
    {
        var question = SearchQuestion.Parse("\"state of the art\" invoice* paid");

        question.Phrases.ShouldBe([["stat", "of", "the", "art"]]);
        question.Prefixes.ShouldBe(["invoic"]);
        question.Terms.Where(term => term.IsWord).Select(term => term.Term).ShouldBe(["stat", "art", "paid"]);
    }

    [Fact]
    public void Two_words_are_found_as_one() => SearchQuestion.Parse("Best Buy revenue").Terms.Select(term => term.Term).ShouldContain("bestbuy");

    [Fact]
    public void A_question_of_common_words_alone_asks_for_them() => SearchQuestion.Parse("to be or not to be").IsEmpty.ShouldBeFalse();

    [Fact]
    public void Rare_words_and_words_that_stand_together_rank_higher()
    {
        string[] texts = ["interest on a savings account", "the interest of the account holder in a savings plan and in some interest", "an account of a voyage", "account account account"];
        var question = SearchQuestion.Parse("savings account interest");

        Ranked(question, texts).ShouldBe([0, 1, 3, 2]);
    }

    [Fact]
    public void A_phrase_must_be_there() => Ranked(SearchQuestion.Parse("\"account holder\""), ["the holder of an account", "an account holder"]).ShouldBe([1]);

    [Fact]
    public void A_beginning_finds_every_word_that_has_it() => Ranked(SearchQuestion.Parse("guarant*"), ["the guarantors signed", "a guarantee", "a garden"]).ShouldBe([0, 1], ignoreOrder: true);

    [Fact]
    public void What_is_missing_lowers_the_coverage()
    {
        var ranking = new PassageRanking(SearchQuestion.Parse("tungsten melting point"), StatisticsOf(SearchQuestion.Parse("tungsten melting point"), ["a point of order", "another text"]));

        ranking.ScoreOf(PassageTerms.Of("a point of order", []))!.Value.Coverage.ShouldBeInRange(0.01, 0.45);
    }

    [Fact]
    public void Highlights_are_what_was_asked_for_with_the_line_that_it_is_in()
    {
        var line = new TextPlace(0, 25, 4, new Box(0.1, 0.2, 0.5, 0.01));
        var chunk = new Chunk(0, [], "The interest rate is high.", [line], 8);

        var highlight = Highlights.Of(chunk, SearchQuestion.Parse("interest rates")).ShouldHaveSingleItem();

        highlight.Quote.ShouldBe("interest rate");
        highlight.Places.ShouldBe([line]);
    }

    private static IEnumerable<int> Ranked(SearchQuestion question, string[] texts)
    {
        var ranking = new PassageRanking(question, StatisticsOf(question, texts));
        return texts.Select((text, index) => (index, Score: ranking.ScoreOf(PassageTerms.Of(text, []))))
            .Where(item => item.Score is not null).OrderByDescending(item => item.Score!.Value.Score).Select(item => item.index);
    }

    private static CollectionStatistics StatisticsOf(SearchQuestion question, string[] texts)
    {
        var passages = texts.Select(text => SearchTerms.Of(text).All.ToHashSet(StringComparer.Ordinal)).ToList();
        var having = question.Terms.ToDictionary(term => term.Term, term => (long)passages.Count(passage => passage.Contains(term.Term)), StringComparer.Ordinal);
        foreach (var prefix in question.Prefixes)
        {
            having[prefix + "*"] = passages.Count(passage => passage.Any(term => term.StartsWith(prefix, StringComparison.Ordinal)));
        }

        return new CollectionStatistics(texts.Length, texts.Average(text => SearchTerms.Of(text).Words.Count), having);
    }
}
