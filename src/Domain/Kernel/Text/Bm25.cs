namespace Idp.Domain.Kernel.Text;

/// <summary>Ranks texts by how well they fit a question (Okapi BM25): rare terms count more, repeated ones less and less, long texts are held to more.</summary>
public static class Bm25
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    /// <summary>The score of each text; 0 for one that has none of the terms.</summary>
    /// <param name="texts">The terms of each text, stop terms included.</param>
    /// <param name="question">The terms asked for, each with its weight.</param>
    public static double[] Scores(IReadOnlyList<IReadOnlyList<string>> texts, IReadOnlyDictionary<string, double> question)
    {
        var counts = texts.Select(text => CountsOf(text, question)).ToList();
        var meanLength = texts.Count == 0 ? 1 : Math.Max(1, texts.Average(static text => (double)text.Count));
        var rarity = question.Keys.ToDictionary(
            static term => term,
            term => RarityOf(counts.Count(count => count.ContainsKey(term)), texts.Count),
            StringComparer.Ordinal);
        return [.. texts.Select((text, index) => counts[index].Sum(entry =>
            question[entry.Key] * rarity[entry.Key] * entry.Value * (Saturation + 1)
            / (entry.Value + (Saturation * (1 - LengthWeight + (LengthWeight * text.Count / meanLength))))))];
    }

    private static double RarityOf(int having, int all) => Math.Log(1 + ((all - having + 0.5) / (having + 0.5)));

    private static Dictionary<string, int> CountsOf(IReadOnlyList<string> text, IReadOnlyDictionary<string, double> question)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in text)
        {
            if (question.ContainsKey(term))
            {
                counts[term] = counts.GetValueOrDefault(term) + 1;
            }
        }

        return counts;
    }
}
