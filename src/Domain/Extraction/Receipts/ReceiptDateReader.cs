using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Chooses the day of the sale among the days printed on a receipt.</summary>
internal static class ReceiptDateReader
{
    private const double LabelledWeight = 2;
    private const double TimedWeight = 0.7;
    private const double RepeatedWeight = 0.8;

    public static ExtractedField? Read(FieldDefinition field, IReadOnlyList<PrintedLine> lines)
    {
        var monthFirst = ReceiptDates.WritesMonthFirst(lines);
        var labels = field.Labels.Select(LooseText.Fold).ToList();
        var ranked = lines
            .SelectMany(line => ReceiptDates.Of(line, monthFirst))
            .Select(date => (Date: date, Score: Score(date, labels)))
            .Where(found => found.Date.HasSeparators || found.Score >= LabelledWeight)
            .GroupBy(found => found.Date.Value, StringComparer.Ordinal)
            .Select(same => (
                Value: same.Key,
                Places: same.OrderByDescending(found => found.Score).Select(found => found.Date).ToList(),
                Score: same.Max(found => found.Score) + (same.Count() > 1 ? RepeatedWeight : 0)))
            .OrderByDescending(candidate => candidate.Score)
            .ToList();
        if (ranked.Count == 0)
        {
            return null;
        }

        var (best, places, score) = ranked[0];
        var sure = ConfidenceOf(score, places[0], ranked.Count);
        return new ExtractedField(
            field.Name, field.Type, best, places[0].Run.Text, new Confidence(sure), FieldStatus.Supported,
            places.Select(place => place.Line.Proof(place.Run)).ToValueList(),
            ranked.Skip(1).Select(other => new Alternative(
                other.Value, new Confidence(Math.Min(sure, ConfidenceOf(other.Score, other.Places[0], ranked.Count)) / 2), other.Places[0].Line.Page))
                .ToValueList());
    }

    private static double Score(ReceiptDate date, List<string> labels)
    {
        var before = LooseText.Fold(date.Line.Text[..date.Start]);
        var labelled = labels.Exists(label => LooseText.ContainsPhrase(before, label));
        var timed = date.Line.Text.AsSpan(date.Start).Contains(':');
        return (labelled ? LabelledWeight : 0) + (timed ? TimedWeight : 0) + (PrintedLine.WordConfidence(date.Run) / 2);
    }

    /// <summary>Label and repetition make a date likely, other dates and badly read words make it less so.</summary>
    private static double ConfidenceOf(double score, ReceiptDate date, int candidates) =>
        Math.Min(0.97, (0.65 + (0.12 * score)) * (candidates > 1 ? 0.92 : 1) * (0.4 + (0.6 * date.Run.Words.Min(word => word.Confidence.Value))));
}
