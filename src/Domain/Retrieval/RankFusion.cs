namespace Idp.Domain.Retrieval;

/// <summary>Something that stands in at least one of several rankings.</summary>
/// <param name="Item">It.</param>
/// <param name="Score">1 for what is first in all rankings, less for everything else; above 0.</param>
public readonly record struct FusedRank<T>(T Item, double Score);

/// <summary>Unites rankings whose scores cannot be compared: only places count (reciprocal-rank fusion).</summary>
public static class RankFusion
{
    /// <summary>How little the first places differ: the usual value, at which two good places weigh more than one that is the best.</summary>
    private const double Flatness = 60;

    /// <summary>The items of all rankings, best first; equal ones in the order in which they are first met, the first ranking before the second.</summary>
    /// <param name="rankings">Each best first; what stands twice in one counts where it stands first.</param>
    /// <param name="limit">The most items.</param>
    public static IReadOnlyList<FusedRank<T>> Fuse<T>(IReadOnlyList<IReadOnlyList<T>> rankings, int limit)
        where T : notnull
    {
        var (scores, met) = (new Dictionary<T, double>(), new List<T>());
        foreach (var ranking in rankings)
        {
            var seen = new HashSet<T>();
            foreach (var item in ranking)
            {
                if (!seen.Add(item))
                {
                    continue;
                }

                if (!scores.TryGetValue(item, out var before))
                {
                    met.Add(item);
                }

                scores[item] = before + ((Flatness + 1) / (Flatness + seen.Count) / rankings.Count);
            }
        }

        return [.. met.Select(item => new FusedRank<T>(item, scores[item])).OrderByDescending(static fused => fused.Score).Take(limit)];
    }
}
