using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>Chooses by which terms of a question candidates are looked for. All terms count when candidates are ranked.</summary>
internal static class CandidateTerms
{
    /// <summary>The most candidates that are ranked.</summary>
    public const int MostCandidates = 200;

    /// <summary>Up to so many passages, looking at all that have any of the terms costs next to nothing.</summary>
    private const int SmallCollection = 10_000;

    /// <summary>So many passages are looked at in a large collection.</summary>
    private const int EnoughPassages = 4_000;

    /// <summary>A term that leads to more than all of these is left out where rarer ones already led to enough to rank.</summary>
    private const int MostPassages = 8_000;

    /// <summary>
    /// The terms, prefixes with a star, that are in any passage. In a large collection only the rarest, as many as lead to enough passages: what has none of them could hardly be among the best.
    /// </summary>
    public static IReadOnlyList<string> Of(SearchQuestion question, CollectionStatistics statistics)
    {
        var present = question.Terms.Select(static term => term.Term).Concat(question.Prefixes.Select(static prefix => prefix + "*"))
            .Where(term => statistics.Having.GetValueOrDefault(term) > 0).OrderBy(term => statistics.Having[term]).ToList();
        if (statistics.Passages <= SmallCollection)
        {
            return present;
        }

        var (chosen, passages) = (0, 0L);
        while (chosen < present.Count && passages < EnoughPassages && (passages < MostCandidates || passages + statistics.Having[present[chosen]] <= MostPassages))
        {
            passages += statistics.Having[present[chosen]];
            chosen++;
        }

        return present[..chosen];
    }
}
