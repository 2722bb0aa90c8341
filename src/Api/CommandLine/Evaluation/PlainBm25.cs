namespace Idp.Api.CommandLine.Evaluation;

/// <summary>The yardstick of retrieval: BM25 with k1 0.9 and b 0.4 over whole passages, and nothing else.</summary>
internal sealed class PlainBm25
{
    private const double Saturation = 0.9;
    private const double LengthWeight = 0.4;

    private readonly Dictionary<string, Dictionary<int, int>> _having = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];

    /// <summary>Takes the terms of each passage.</summary>
    public PlainBm25(IEnumerable<IEnumerable<string>> passages)
    {
        foreach (var passage in passages)
        {
            var length = 0;
            foreach (var term in passage)
            {
                var counts = _having.TryGetValue(term, out var known) ? known : _having[term] = [];
                counts[_lengths.Count] = counts.GetValueOrDefault(_lengths.Count) + 1;
                length++;
            }

            _lengths.Add(length);
        }
    }

    /// <summary>The places of the best passages, best first.</summary>
    public IReadOnlyList<int> Best(IEnumerable<string> question, int most)
    {
        var (scores, mean) = (new Dictionary<int, double>(), Math.Max(1, _lengths.Average()));
        foreach (var counts in question.Select(term => _having.GetValueOrDefault(term)).OfType<Dictionary<int, int>>())
        {
            var rarity = Math.Log(1 + ((_lengths.Count - counts.Count + 0.5) / (counts.Count + 0.5)));
            foreach (var (passage, count) in counts)
            {
                scores[passage] = scores.GetValueOrDefault(passage)
                    + (rarity * count * (Saturation + 1) / (count + (Saturation * (1 - LengthWeight + (LengthWeight * _lengths[passage] / mean)))));
            }
        }

        return [.. scores.OrderByDescending(static score => score.Value).ThenBy(static score => score.Key).Take(most).Select(static score => score.Key)];
    }
}
