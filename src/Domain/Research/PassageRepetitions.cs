namespace Idp.Domain.Research;

/// <summary>Finds passages that say what earlier ones have said, word for word or nearly so: agencies' texts stand on many pages.</summary>
internal static class PassageRepetitions
{
    /// <summary>So many words in a row are one mark of a passage.</summary>
    private const int ShingleWords = 4;

    /// <summary>The share of a passage's marks that earlier ones have, from which on it is a repetition.</summary>
    private const double NearlyAll = 0.8;

    // FNV-1a: the same in every process, because what is chosen decides which paid reply is found again after a crash.
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    /// <summary>Passages that repeat none before them.</summary>
    /// <param name="terms">The terms of each passage.</param>
    /// <returns>Their places, in order. Passages without words are left out.</returns>
    public static IReadOnlyList<int> Without(IReadOnlyList<IReadOnlyList<string>> terms)
    {
        var kept = new List<int>();
        var said = new HashSet<ulong>();
        for (var index = 0; index < terms.Count; index++)
        {
            var shingles = ShinglesOf(terms[index]);
            if (shingles.Count > 0 && shingles.Count(said.Contains) < NearlyAll * shingles.Count)
            {
                kept.Add(index);
                said.UnionWith(shingles);
            }
        }

        return kept;
    }

    private static HashSet<ulong> ShinglesOf(IReadOnlyList<string> terms)
    {
        var hashes = terms.Select(HashOf).ToArray();
        var shingles = new HashSet<ulong>();
        for (var start = 0; start < hashes.Length && (start == 0 || start + ShingleWords <= hashes.Length); start++)
        {
            var shingle = HashStart;
            foreach (var hash in hashes.AsSpan(start, Math.Min(ShingleWords, hashes.Length - start)))
            {
                shingle = unchecked((shingle ^ hash) * HashFactor);
            }

            shingles.Add(shingle);
        }

        return shingles;
    }

    private static ulong HashOf(string term)
    {
        var hash = HashStart;
        foreach (var character in term)
        {
            hash = unchecked((hash ^ character) * HashFactor);
        }

        return hash;
    }
}
