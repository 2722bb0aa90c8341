using Idp.Api.Kernel.Json;
using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Api.Research;

/// <summary>The names of the rubrics.</summary>
internal sealed record RubricListBody(IReadOnlyList<string> Items);

/// <summary>What companies are scored by.</summary>
/// <param name="Name">Its name; in a request, the path's when absent.</param>
/// <param name="Title">What it asks, for people.</param>
/// <param name="Description">What the score means, for people and for a model.</param>
/// <param name="Query">What the web is asked, with <c>{company}</c> where the name goes.</param>
/// <param name="Search">How the web is searched; as usual when absent.</param>
/// <param name="Signals">What speaks for and against.</param>
/// <param name="Tiers">The classes of scores, highest first; the last begins at 0.</param>
internal sealed record RubricBody(
    string? Name, string? Title, string? Description, string? Query, SearchTermsBody? Search, IReadOnlyList<SignalBody?>? Signals, IReadOnlyList<TierBody?>? Tiers)
{
    public static RubricBody From(Rubric rubric) => new(
        rubric.Name, rubric.Title, rubric.Description, rubric.Query,
        new SearchTermsBody(rubric.Search.Depth.Print(), rubric.Search.MaximumResults, rubric.Search.LeastRelevance),
        [.. rubric.Signals.Select(static signal => new SignalBody(signal.Name, signal.Text, signal.Weight, signal.Phrases, signal.Classification))],
        [.. rubric.Tiers.Select(static tier => new TierBody(tier.Name, tier.From))]);

    /// <summary>The rubric; a fault is added for every member that cannot be understood. What breaks a rule is found later.</summary>
    public Rubric ToRubric(string name, List<FieldError> faults)
    {
        if (Name is not null && Name != name)
        {
            faults.Add(new FieldError("name", $"Must be '{name}' as in the path, or absent."));
        }

        return new Rubric(
            name, Title ?? string.Empty, Description ?? string.Empty, Query ?? string.Empty, ToSearch(faults),
            (Signals ?? []).Select((signal, index) => ToSignal(signal, $"signals[{index}]", faults)).ToValueList(),
            (Tiers ?? []).Select(static tier => new Tier(tier?.Name ?? string.Empty, tier?.From ?? -1)).ToValueList());
    }

    private static Signal ToSignal(SignalBody? signal, string where, List<FieldError> faults)
    {
        if (signal?.Weight is null)
        {
            faults.Add(new FieldError($"{where}.weight", "Must be a whole number from -100 to 100, and not 0."));
        }

        return new Signal(
            signal?.Name ?? string.Empty, signal?.Text ?? string.Empty, signal?.Weight ?? 0,
            (signal?.Phrases ?? []).Select(static phrase => phrase ?? string.Empty).ToValueList(), string.IsNullOrWhiteSpace(signal?.Classification) ? null : signal.Classification);
    }

    private SearchTerms ToSearch(List<FieldError> faults)
    {
        var usual = SearchTerms.Usual;
        var depth = Search?.Depth is null ? usual.Depth : PrintedValues.Read<SearchDepth>(Search.Depth);
        if (depth is null)
        {
            faults.Add(new FieldError("search.depth", $"Must be one of {PrintedValues.List<SearchDepth>()}."));
        }

        return new SearchTerms(depth ?? usual.Depth, Search?.MaximumResults ?? usual.MaximumResults, Search?.LeastRelevance ?? usual.LeastRelevance);
    }
}

/// <summary>How the web is searched.</summary>
/// <param name="Depth"><c>basic</c> or <c>advanced</c>, which costs more.</param>
/// <param name="MaximumResults">1 to 20.</param>
/// <param name="LeastRelevance">Results below this are not used, 0 to 1.</param>
internal sealed record SearchTermsBody(string? Depth, int? MaximumResults, double? LeastRelevance);

/// <summary>Something that speaks for or against.</summary>
internal sealed record SignalBody(string? Name, string? Text, int? Weight, IReadOnlyList<string?>? Phrases, string? Classification);

/// <summary>A class of scores.</summary>
internal sealed record TierBody(string? Name, int? From);
