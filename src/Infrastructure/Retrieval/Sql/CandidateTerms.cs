using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>Chooses by which terms of a question candidates are looked for. All terms count when candidates are ranked.</summary>
internal static class CandidateTerms
{
    /// <summary>The most candidates that are ranked.</summary>
    public const int MostCandidates = 250;

    /// <summary>Up to so many passages, looking at all that have any of the terms costs nothing.</summary>
    private const int SmallCollection = 10_000;

    /// <summary>
    /// The terms, prefixes with a star, that are in any passage. In a large collection, those that are in more than an eighth of all passages are left out where the others lead to
    /// more candidates than are ranked: what only they lead to would not be among them.
    /// </summary>
    public static IReadOnlyList<string> Of(SearchQuestion question, CollectionStatistics statistics)
    {
        var present = question.Terms.Select(static term => term.Term).Concat(question.Prefixes.Select(static prefix => prefix + "*"))
            .Where(term => statistics.Having.GetValueOrDefault(term) > 0).ToList();
        var rare = present.Where(term => statistics.Having[term] * 8 <= statistics.Passages).ToList();
        return statistics.Passages > SmallCollection && rare.Sum(term => statistics.Having[term]) > MostCandidates * 4 ? rare : present;
    }
}
