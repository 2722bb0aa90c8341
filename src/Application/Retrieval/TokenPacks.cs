namespace Idp.Application.Retrieval;

/// <summary>Divides what is sent to a model into calls.</summary>
internal static class TokenPacks
{
    /// <summary>Neighbours in as few packs as so many tokens allow; what is larger stands alone.</summary>
    /// <param name="items">In order.</param>
    /// <param name="tokensOf">About how many tokens an item makes.</param>
    /// <param name="mostTokens">Of one pack.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, Func<T, int> tokensOf, int mostTokens)
    {
        var packs = new List<List<T>>();
        var tokens = 0L;
        foreach (var item in items)
        {
            var more = tokensOf(item);
            if (packs.Count == 0 || tokens + more > mostTokens)
            {
                packs.Add([]);
                tokens = 0;
            }

            packs[^1].Add(item);
            tokens += more;
        }

        return packs;
    }
}
