using Idp.Domain.Research;

namespace Idp.Unit.Research;

/// <summary>A small rubric for tests.</summary>
public static class Rubrics
{
    public static readonly Rubric Small = new(
        "small", "Demand for ovens", "How many ovens it needs.", "\"{company}\" ovens baking",
        SearchTerms.Usual,
        [
            new Signal("bakes", "Bakes bread at scale", 90, ["bakes bread", "bakery ovens"], "Bakery"),
            new Signal("sells", "Sells bread of others", 20, ["resells bread"], "Shop"),
            new Signal("hires", "Hires bakers", 30, ["hiring bakers"], null),
            new Signal("none", "Says that it bakes nothing", -50, ["does not bake"], null),
        ],
        [new Tier("HOT", 60), new Tier("WATCH", 30), new Tier("COLD", 0)]);

    public static SourceText Page(string text, string url = "https://a.example/", string title = "A page", double relevance = 0.8) => new(url, title, text, relevance);

    public static ChosenSource Chosen(string text, string url = "https://a.example/", string title = "A page") =>
        new(Page(text, url, title), [new Passage(0, 0, text)]);
}
