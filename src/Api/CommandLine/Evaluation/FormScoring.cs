using System.Text.Json;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>What one form scored.</summary>
/// <param name="Pairs">Pairs expected, read, and read rightly.</param>
/// <param name="Judgements">One for each pair that was read.</param>
internal sealed record FormScore(Tally Pairs, ValueList<Judgement> Judgements);

/// <summary>Compares key–value pairs with the truth: <c>pairs[{question,answer}]</c>.</summary>
/// <remarks>
/// Letter case, white space and punctuation are folded. Because the pages are poor scans and the annotators made slips too, key and value
/// may each differ by at most <see cref="Tolerance"/> of their characters. Each true pair can be matched once, best match first.
/// </remarks>
internal static class FormScoring
{
    /// <summary>The largest share of characters that may differ.</summary>
    public const double Tolerance = 0.2;

    /// <summary>Scores one form.</summary>
    public static FormScore Score(JsonDocument truth, ValueList<ExtractedField> fields)
    {
        var wanted = truth.RootElement.GetProperty("pairs").EnumerateArray()
            .Select(pair => (Key: Text(pair, "question"), Value: Text(pair, "answer")))
            .ToList();
        var read = fields.Where(field => field.Key is not null).ToList();
        var matches =
            from readIndex in Enumerable.Range(0, read.Count)
            from wantedIndex in Enumerable.Range(0, wanted.Count)
            let keyDifference = LooseText.Difference(read[readIndex].Key!, wanted[wantedIndex].Key)
            where keyDifference <= Tolerance
            let valueDifference = LooseText.Difference(read[readIndex].Value, wanted[wantedIndex].Value)
            where valueDifference <= Tolerance && BothSayNothingOrSomething(read[readIndex].Value, wanted[wantedIndex].Value)
            orderby keyDifference + valueDifference
            select (readIndex, wantedIndex);
        var (usedRead, usedWanted) = (new HashSet<int>(), new HashSet<int>());
        foreach (var (readIndex, wantedIndex) in matches)
        {
            if (!usedRead.Contains(readIndex) && usedWanted.Add(wantedIndex))
            {
                usedRead.Add(readIndex);
            }
        }

        return new FormScore(
            new Tally(wanted.Count, read.Count, usedRead.Count),
            read.Select((field, index) => new Judgement(field.Confidence.Value, usedRead.Contains(index))).ToValueList());
    }

    /// <summary>A mark such as a ticked box has no letters; it must not match another mark by having nothing to differ in.</summary>
    private static bool BothSayNothingOrSomething(string read, string wanted)
    {
        var (left, right) = (LooseText.Squeeze(read), LooseText.Squeeze(wanted));
        return left.Length > 0 && right.Length > 0 ? true : left.Length == right.Length && read.Trim() == wanted.Trim();
    }

    private static string Text(JsonElement pair, string name) => pair.GetProperty(name).GetString() ?? string.Empty;
}
