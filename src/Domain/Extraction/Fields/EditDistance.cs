namespace Idp.Domain.Extraction;

/// <summary>How many characters must be changed, added or dropped to turn one text into another.</summary>
public static class EditDistance
{
    /// <summary>The distance, or <paramref name="limit"/> + 1 as soon as it is known to be above the limit.</summary>
    /// <param name="first">One text.</param>
    /// <param name="second">The other.</param>
    /// <param name="limit">The largest distance of interest; not negative.</param>
    public static int Between(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int limit)
    {
        if (Math.Abs(first.Length - second.Length) > limit)
        {
            return limit + 1;
        }

        var previous = new int[second.Length + 1];
        var current = new int[second.Length + 1];
        for (var column = 0; column <= second.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= first.Length; row++)
        {
            current[0] = row;
            var least = row;
            for (var column = 1; column <= second.Length; column++)
            {
                var change = previous[column - 1] + (first[row - 1] == second[column - 1] ? 0 : 1);
                current[column] = Math.Min(change, Math.Min(previous[column], current[column - 1]) + 1);
                least = Math.Min(least, current[column]);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            (previous, current) = (current, previous);
        }

        return Math.Min(previous[second.Length], limit + 1);
    }
}
