using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>How thoroughly the web is searched.</summary>
public enum SearchDepth
{
    /// <summary>The usual search.</summary>
    Basic,

    /// <summary>A search that costs more and finds more.</summary>
    Advanced,
}

/// <summary>How the web is searched for a company.</summary>
/// <param name="Depth">How thoroughly; never left to the provider, because it decides the price.</param>
/// <param name="MaximumResults">Results asked for, 1 to 20.</param>
/// <param name="LeastRelevance">Results below this are not used, 0 to 1.</param>
public sealed record SearchTerms(SearchDepth Depth, int MaximumResults, double LeastRelevance)
{
    /// <summary>20 results of the usual search, relevant from 0.4 on.</summary>
    public static SearchTerms Usual { get; } = new(SearchDepth.Basic, 20, 0.4);
}

/// <summary>Something that speaks for, or against, a company being what is looked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it is, for people and for a model.</param>
/// <param name="Weight">The score that it earns alone, 1 to 100; below 0, the percentage that it takes from what the others earn.</param>
/// <param name="Phrases">Words in which texts say it; their forms count too, and up to two words may stand between.</param>
/// <param name="Classification">What a company is called for which this is the strongest signal; null for one that decides nothing.</param>
public sealed record Signal(string Name, string Text, int Weight, ValueList<string> Phrases, string? Classification);

/// <summary>A class of scores.</summary>
/// <param name="Name">Its name, e.g. <c>HOT</c>.</param>
/// <param name="From">The least score that belongs to it, 0 to 100.</param>
public sealed record Tier(string Name, int From);

/// <summary>What companies are scored by: data, so that users bring their own.</summary>
/// <param name="Name">Its name in paths and requests.</param>
/// <param name="Title">What it asks, for people.</param>
/// <param name="Description">What the score means, for people and for a model.</param>
/// <param name="Query">What the web is asked, with <c>{company}</c> where the name goes.</param>
/// <param name="Search">How the web is searched.</param>
/// <param name="Signals">What speaks for and against.</param>
/// <param name="Tiers">The classes of scores, highest first; the last begins at 0.</param>
public sealed record Rubric(
    string Name, string Title, string Description, string Query, SearchTerms Search, ValueList<Signal> Signals, ValueList<Tier> Tiers)
{
    /// <summary>Where the company's name goes in <see cref="Query"/>.</summary>
    public const string NameMark = "{company}";

    /// <summary>The longest question that search providers take, in characters.</summary>
    public const int LongestQuery = 400;

    /// <summary>What a company is called of which nothing speaks.</summary>
    public const string NothingFound = "No evidence found";

    /// <summary>The tier of a score.</summary>
    public Tier TierOf(int score) => Tiers.First(tier => score >= tier.From);

    /// <summary>What the web is asked about a company. Marks that have a meaning in questions are taken out of the name.</summary>
    public string QueryFor(string company)
    {
        var query = Query.Replace(NameMark, company.Replace('"', ' ').Trim(), StringComparison.Ordinal);
        return query.Length <= LongestQuery ? query : query[..LongestQuery];
    }

    /// <summary>Every classification, in the order of the signals.</summary>
    public IEnumerable<string> Classifications => Signals.Select(static signal => signal.Classification).OfType<string>().Distinct(StringComparer.Ordinal);
}
