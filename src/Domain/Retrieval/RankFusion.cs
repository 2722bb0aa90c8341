namespace Idp.Domain.Retrieval;

/// <summary>Makes one ranking of several by reciprocal ranks, whatever their scores mean.</summary>
public static class RankFusion
{
    /// <summary>Keeps the first places from counting for everything.</summary>
    private const double Smoothing = 60;

    /// <summary>All that any ranking has, best first, with the fused score; equal scores go by the first ranking that has them.</summary>
    /// <typeparam name="T">What is ranked.</typeparam>
    /// <param name="rankings">Each best first and without repetitions.</param>
    public static IReadOnlyList<(T Item, double Score)> Fuse<T>(IReadOnlyList<IReadOnlyList<T>> rankings)
        where T : notnull
    {
        var scores = new Dictionary<T, (double Score, int Order)>();
        foreach (var (item, rank) in rankings.SelectMany(static ranking => ranking.Select(static (item, index) => (item, index + 1))))
        {
            var (score, order) = scores.TryGetValue(item, out var known) ? known : (0, scores.Count);
            scores[item] = (score + (1 / (Smoothing + rank)), order);
        }

        return [.. scores.OrderByDescending(static entry => entry.Value.Score).ThenBy(static entry => entry.Value.Order).Select(static entry => (entry.Key, entry.Value.Score))];
    }
}
