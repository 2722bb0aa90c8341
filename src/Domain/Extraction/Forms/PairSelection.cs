using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>A pair and how likely it is right.</summary>
internal readonly record struct LikelyPair(PairCandidate Pair, double Likelihood);

/// <summary>Chooses among pairs that exclude each other: the likelier first.</summary>
internal static class PairSelection
{
    /// <summary>The pairs that are at least so likely and do not contradict a likelier one.</summary>
    /// <remarks>A word is in a caption or in a value, of one caption only; in tables a value has its column and its row, and captions have many values.</remarks>
    public static IEnumerable<LikelyPair> Choose(IEnumerable<LikelyPair> pairs, double least)
    {
        var keys = new Dictionary<Word, PairCandidate>(ReferenceEqualityComparer.Instance);
        var values = new Dictionary<Word, List<PairCandidate>>(ReferenceEqualityComparer.Instance);
        foreach (var likely in pairs.Where(pair => pair.Likelihood >= least).OrderByDescending(pair => pair.Likelihood))
        {
            var pair = likely.Pair;
            if (WordsOf(pair.Key).Any(word => values.ContainsKey(word) || (keys.TryGetValue(word, out var other) && !CanShareKey(pair, other)))
                || WordsOf(pair.Value).Any(word => keys.ContainsKey(word) || (values.TryGetValue(word, out var others) && !others.TrueForAll(earlier => CanShareValue(pair, earlier)))))
            {
                continue;
            }

            foreach (var word in WordsOf(pair.Key))
            {
                keys[word] = pair;
            }

            foreach (var word in WordsOf(pair.Value))
            {
                if (!values.TryGetValue(word, out var list))
                {
                    values[word] = list = [];
                }

                list.Add(pair);
            }

            yield return likely;
        }
    }

    private static IEnumerable<Word> WordsOf(IReadOnlyList<FormCell> cells) => cells.SelectMany(cell => cell.Run.Words);

    private static bool CanShareKey(PairCandidate pair, PairCandidate other) =>
        pair.Link == other.Link && pair.Link is (PairLink.ColumnOfTable or PairLink.RowOfTable)
        && pair.Key.Count == other.Key.Count && pair.Key.Zip(other.Key).All(both => ReferenceEquals(both.First, both.Second));

    private static bool CanShareValue(PairCandidate pair, PairCandidate other) =>
        (pair.Link == PairLink.ColumnOfTable && other.Link is (PairLink.RowOfTable or PairLink.RightOfCaption))
        || (other.Link == PairLink.ColumnOfTable && pair.Link is (PairLink.RowOfTable or PairLink.RightOfCaption));
}
