using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads the filled-in entries of forms as pairs of a printed key and a value.</summary>
/// <remarks>
/// Every caption that could have a value beside it, below it or in its table is listed with every value it could have; a fixed model weighs
/// wording, print, places and recognition, and the likeliest pairs that do not contradict each other are the result.
/// </remarks>
public static class PairReader
{
    /// <summary>Less likely pairs are dirt on the scan more often than entries.</summary>
    private const double LeastConfidence = 0.1;

    private const int FewestRecipients = 4;

    /// <summary>Reads the pairs.</summary>
    /// <param name="schema">Its field of type <see cref="FieldType.Pair"/> names the results and lists captions that are common keys.</param>
    /// <param name="pages">The pages, in order.</param>
    /// <returns>One field a pair, with the printed key in <see cref="ExtractedField.Key"/>, in reading order.</returns>
    public static ValueList<ExtractedField> Read(ExtractionSchema schema, IReadOnlyList<Page> pages)
    {
        var field = schema.Fields.FirstOrDefault(candidate => candidate.Type == FieldType.Pair);
        if (field is null)
        {
            return [];
        }

        var labels = field.Labels.Select(LooseText.Fold).ToHashSet(StringComparer.Ordinal);
        return pages
            .SelectMany(page => PairsOf(FormPage.Of(page), labels))
            .Select(likely => ToField(field, likely))
            .ToValueList();
    }

    /// <summary>The pairs of a page in reading order.</summary>
    internal static IReadOnlyList<LikelyPair> PairsOf(FormPage page, IReadOnlyCollection<string> labels)
    {
        var view = new FormView(page, labels);
        var likely = PairCandidates.Of(view).Select(pair => new LikelyPair(pair, PairModel.Likelihood(new PairEvidence(view, pair))));
        return [.. PairSelection.Choose(likely, LeastConfidence).OrderBy(pair => pair.Pair.Key[0].Line).ThenBy(pair => pair.Pair.Key[0].Box.X).SelectMany(Recipients)];
    }

    /// <summary>A long distribution list is one pair a recipient; a short one is a single value.</summary>
    private static IEnumerable<LikelyPair> Recipients(LikelyPair likely) =>
        Captions.IsCopies(likely.Pair.Key) && likely.Pair.Value.Select(cell => cell.Line).Distinct().Count() >= FewestRecipients
            ? likely.Pair.Value.Select(cell => likely with { Pair = likely.Pair with { Value = [cell] } })
            : [likely];

    private static ExtractedField ToField(FieldDefinition field, LikelyPair likely)
    {
        var lines = likely.Pair.Value.GroupBy(cell => cell.Line).Select(line => line.ToList()).ToList();
        var printed = string.Join('\n', lines.Select(line => string.Join(' ', line.Select(cell => cell.Text))));
        return new ExtractedField(
            field.Name, FieldType.Pair, string.Join(' ', printed.Split('\n')), printed, new Confidence(likely.Likelihood), FieldStatus.Supported,
            [new Evidence(likely.Pair.Page, printed, lines.Select(line => Box.Union(line.Select(cell => cell.Box))).ToValueList())], [],
            Captions.KeyText(likely.Pair.Key));
    }
}
