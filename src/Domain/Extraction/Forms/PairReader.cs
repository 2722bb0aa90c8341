using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads the filled-in entries of forms as pairs of a printed key and a value.</summary>
/// <remarks>
/// Captions with a colon are linked to what stands to their right, else below. Captions without one are recognised by their wording, by the
/// underline or blank that follows and by what stands beside or below them. A table's cells are paired with its column headers.
/// </remarks>
public static class PairReader
{
    /// <summary>Less likely pairs are dirt on the scan more often than entries.</summary>
    private const double LeastConfidence = 0.2;

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
            .SelectMany(page => Candidates(FormPage.Of(page), labels))
            .Select(pair => PairScoring.ToField(field, pair, labels))
            .Where(pair => pair.Confidence.Value >= LeastConfidence)
            .ToValueList();
    }

    /// <summary>The pairs of a page in reading order.</summary>
    internal static IReadOnlyList<PairCandidate> Candidates(FormPage page, HashSet<string> labels)
    {
        var used = new HashSet<FormCell>();
        var found = ColonPairs.Find(page, used, labels).ToList();
        found.AddRange(TablePairs.Find(page, used));
        found.AddRange(ColumnPairs.FindTables(page, used, labels));
        found.AddRange(CaptionPairs.Find(page, used, labels));
        found.AddRange(ColumnPairs.FindBoxes(page, used, labels));
        return [.. found.OrderBy(pair => pair.Key[0].Line).ThenBy(pair => pair.Key[0].Box.X)];
    }
}
