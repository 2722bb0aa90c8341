namespace Idp.Domain.Extraction;

/// <summary>A stretch of a text that resembles a pattern.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="Distance">How many characters differ.</param>
internal readonly record struct ApproximateHit(int Start, int Length, int Distance);

/// <summary>
/// Searches a text for a pattern with a limited number of differing characters (Sellers' algorithm: time is text × pattern).
/// </summary>
internal static class ApproximateSearch
{
    /// <summary>
    /// The first stretch from <paramref name="from"/> on that is within the limit, the best among those that overlap it; null when there is
    /// none.
    /// </summary>
    public static ApproximateHit? Next(string text, string pattern, int limit, int from)
    {
        var distance = new int[pattern.Length + 1];
        var start = new int[pattern.Length + 1];
        for (var row = 0; row <= pattern.Length; row++)
        {
            (distance[row], start[row]) = (row, from);
        }

        ApproximateHit? best = null;
        for (var at = from; at < text.Length; at++)
        {
            var (diagonal, diagonalStart) = (0, at);
            (distance[0], start[0]) = (0, at + 1);
            for (var row = 1; row <= pattern.Length; row++)
            {
                var (above, aboveStart) = (distance[row], start[row]);
                var change = diagonal + (text[at] == pattern[row - 1] ? 0 : 1);
                var (cost, begins) = (change, diagonalStart);
                if (above + 1 < cost)
                {
                    (cost, begins) = (above + 1, aboveStart);
                }

                if (distance[row - 1] + 1 < cost)
                {
                    (cost, begins) = (distance[row - 1] + 1, start[row - 1]);
                }

                (diagonal, diagonalStart) = (above, aboveStart);
                (distance[row], start[row]) = (cost, begins);
            }

            var hit = new ApproximateHit(start[pattern.Length], at + 1 - start[pattern.Length], distance[pattern.Length]);
            if (hit.Distance <= limit && hit.Length > 0
                && (best is null || (hit.Distance < best.Value.Distance && hit.Start < best.Value.Start + best.Value.Length)))
            {
                best = hit;
            }

            if (best is not null && at >= best.Value.Start + best.Value.Length + limit)
            {
                return best;
            }
        }

        return best;
    }
}
