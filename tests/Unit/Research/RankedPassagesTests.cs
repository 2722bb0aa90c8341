using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Research;

namespace Idp.Unit.Research;

public sealed class RankedPassagesTests
{
    private static readonly string[] Sentences =
    [
        "Acme bakes bread in the valley every day of the week.", "The mayor opened a new bridge over the river this spring.", "Bakery ovens of the newest kind were delivered to Acme.",
        "Rain is expected on Sunday, and on Monday too.", "Prices of flour rose for the third month in a row.", "Acme is hiring bakers for its new hall near the station.",
    ];

    private static Gen<SourceText[]> Pages =>
        from count in Gen.Choose(1, 6)
        from pages in Gen.Elements(Sentences).ListOf(30).Select(static lines => string.Join("\n\n", lines.Select((line, index) => $"{line} Number {index}."))).ArrayOf(count)
        select pages.Select((text, index) => Rubrics.Page(text, $"https://{index}.example/")).ToArray();

    [Fact]
    public void What_is_chosen_fits_keeps_its_page_and_is_no_passage_twice() => Prop.ForAll(
        Pages.ToArbitrary(), Gen.Choose(50, 3000).ToArbitrary(),
        static (pages, budget) =>
        {
            var chosen = RankedPassages.Of(pages, "Acme", Rubrics.Small).Within(budget);
            var passages = chosen.SelectMany(static source => source.Passages).ToList();
            var texts = passages.Select(static passage => passage.Text).ToList();
            return chosen.Sum(static source => TokenCount.Estimate(source.Source.Url) + source.Passages.Sum(static passage => TokenCount.Estimate(passage.Text))) <= budget
                && chosen.All(source => pages.Contains(source.Source) && source.Passages.All(passage => source.Source.Text.Substring(passage.Start, passage.Text.Length) == passage.Text))
                && texts.Distinct().Count() == texts.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_room_keeps_the_most_telling_passage() => Prop.ForAll(
        Pages.ToArbitrary(),
        static pages =>
        {
            var ranked = RankedPassages.Of(pages, "Acme", Rubrics.Small);
            return ranked.Within(100_000).SelectMany(static source => source.Passages).Count() == ranked.All.Count
                && ranked.Within(2_000).SelectMany(static source => source.Passages).Contains(ranked.All[0]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_passage_that_speaks_of_the_company_and_a_signal_comes_first()
    {
        var filler = string.Join("\n\n", Enumerable.Range(0, 40).Select(index => $"Paragraph {index} is about the weather in the north and the price of tea in the south of the country, and about little else that would matter here."));

        var ranked = RankedPassages.Of([Rubrics.Page($"{filler}\n\nAcme bakes bread with forty bakery ovens.\n\n{filler}x")], "Acme", Rubrics.Small);

        ranked.All[0].Text.ShouldContain("Acme bakes bread");
    }

    [Fact]
    public void A_text_that_two_pages_share_is_sent_once()
    {
        const string Story = "Acme bakes bread in the valley, and has done so for a hundred years, as its founder told the paper last week.";

        var ranked = RankedPassages.Of([Rubrics.Page(Story), Rubrics.Page(Story.ToUpperInvariant() + " Reprinted.", "https://b.example/")], "Acme", Rubrics.Small);

        ranked.All.ShouldHaveSingleItem().Source.ShouldBe(0);
    }

    [Fact]
    public void A_paragraph_without_an_end_is_cut_and_nothing_of_it_is_lost()
    {
        var ranked = RankedPassages.Of([Rubrics.Page(string.Join(' ', Enumerable.Range(0, 2000).Select(static number => $"w{number}")))], "Acme", Rubrics.Small);

        ranked.All.Count.ShouldBeGreaterThan(5);
        ranked.All.Max(static passage => passage.Text.Length).ShouldBeLessThanOrEqualTo(900);
    }

    [Fact]
    public void Pages_without_words_give_nothing() => RankedPassages.Of([Rubrics.Page(" \n\n --- \n")], "Acme", Rubrics.Small).All.ShouldBeEmpty();
}
