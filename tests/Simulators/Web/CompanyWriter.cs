using System.Globalization;
using Idp.Simulators.Options;

namespace Idp.Simulators.Web;

/// <summary>Invents a company and its pages: a few that matter, the same news twice, a namesake, a page on another company beside it, and pages that have nothing to do with it.</summary>
/// <param name="name">The company.</param>
/// <param name="options">Seed and sizes.</param>
internal sealed class CompanyWriter(string name, WebOptions options)
{
    private const double LongPageShare = 1.0 / 6;
    private const int Years = 3;

    private readonly WebDice _dice = WebDice.For(string.Create(CultureInfo.InvariantCulture, $"{options.Seed}/{QuerySubject.Fold(name)}"));

    /// <summary>Writes it.</summary>
    public WebCompany Write()
    {
        var kind = _dice.OneOf(CompanyKinds.All);
        var facts = _dice.Shuffled(kind.Facts).Select(Fill).ToList();
        var score = _dice.Between(kind.LeastScore, kind.MostScore);
        return new WebCompany(name, kind.Tier, score, kind.Classification, [.. Telling(facts), .. Misleading(), .. Irrelevant()]);
    }

    private IEnumerable<WebPage> Telling(List<WebFact> facts)
    {
        yield return Page("www", "about", $"{name}: who we are", Score(90, 97), _dice.Between(1_200, 3_000), [facts[0]]);
        yield return Page("careers", "open-positions", $"Work at {name}", Score(82, 89), _dice.Between(1_500, 4_000), [facts[1]]);
        yield return Page("blog", "how-we-work", $"{name} engineering: notes from the machine room", Score(76, 85), _dice.Between(3_000, 8_000), [facts[2]]);

        var news = Page("news", "announcement", $"{name} announces its plans", Score(70, 79), _dice.Between(2_000, 5_000), [facts[3]]);
        yield return news;
        yield return news with { Url = PageAddress.Of("wire", name, "announcement-copy"), Relevance = news.Relevance - 0.01, Title = $"{news.Title} | The Wire" };

        var length = _dice.Happens(LongPageShare) ? options.LongestPage : _dice.Between(4_000, 12_000);
        yield return Page("reports", "market-survey", $"A survey of the market, with a chapter on {name}", Score(52, 66), length, [facts[4]]);
    }

    /// <summary>Relevant by score, and yet about somebody else.</summary>
    private IEnumerable<WebPage> Misleading()
    {
        var other = InventedNames.Like(name, _dice);
        var foreign = _dice.OneOf(CompanyKinds.All).Facts[0];
        yield return Page("press", "side-by-side", $"{name} and {other}: two neighbours", Score(48, 60), _dice.Between(2_000, 4_000), [], Rendered(foreign.Quote, other));
        yield return Page("clubs", "season", $"{name} rowing club: the season", Score(41, 47), _dice.Between(1_000, 2_000), []);
    }

    /// <summary>Below what anybody should read.</summary>
    private IEnumerable<WebPage> Irrelevant()
    {
        var topics = new[] { "Weather on the coast", "A recipe for bread", "Timetable of the ferry", "Results of the regatta", "Old maps, for sale", "How to mend a fence", "Opening hours", "A walk in the hills" };
        foreach (var (topic, index) in _dice.Shuffled(topics).Take(_dice.Between(3, topics.Length)).Select(static (topic, index) => (topic, index)))
        {
            yield return Page("pages", string.Create(CultureInfo.InvariantCulture, $"other-{index + 1}"), topic, Score(4, 38), _dice.Between(600, 1_500), []);
        }
    }

    private WebPage Page(string host, string page, string title, double relevance, int length, IReadOnlyList<WebFact> facts, params IReadOnlyList<string> asides)
    {
        var text = new Prose(_dice, name).Write(title, length, [.. facts.Select(static fact => fact.Quote), .. asides]);
        var published = new DateOnly(2025, 1, 1).AddDays(_dice.Below(365));
        return new WebPage(PageAddress.Of(host, name, page), title, text, relevance, published, facts, !_dice.Happens(options.MissingRawContent));
    }

    private WebFact Fill(WebFact fact) => fact with { Quote = Rendered(fact.Quote, name) };

    private string Rendered(string template, string company) => template
        .Replace("{company}", company, StringComparison.Ordinal)
        .Replace("{many}", (_dice.Between(4, 90) * 256).ToString("#,0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{some}", _dice.Between(3, 60).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{year}", (2026 + _dice.Below(Years)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private double Score(int least, int most) => Math.Round((_dice.Between(least * 100, most * 100) + (_dice.Below(100) / 100.0)) / 10_000, 6);
}
