namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Judges confidences by what turned out to be right.</summary>
internal static class ConfidenceScoring
{
    private const int Bins = 10;

    /// <summary>The chance that a right value is more trusted than a wrong one (AUROC); null when all are right or all are wrong.</summary>
    public static double? Ranking(IReadOnlyCollection<(double Confidence, bool IsRight)> values)
    {
        var right = values.Where(static value => value.IsRight).Select(static value => value.Confidence).Order().ToArray();
        var wrong = values.Where(static value => !value.IsRight).Select(static value => value.Confidence).ToArray();
        if (right.Length == 0 || wrong.Length == 0)
        {
            return null;
        }

        return wrong.Average(low => (right.Count(high => high > low) + (0.5 * right.Count(high => high.Equals(low)))) / right.Length);
    }

    /// <summary>How far confidence is from the share of right values, on average over ten bins weighted by size (expected calibration error); null without values.</summary>
    public static double? CalibrationError(IReadOnlyCollection<(double Confidence, bool IsRight)> values) => values.Count == 0
        ? null
        : values
            .GroupBy(static value => Math.Min(Bins - 1, (int)(value.Confidence * Bins)))
            .Sum(bin => Math.Abs(bin.Average(static value => value.Confidence) - bin.Average(static value => value.IsRight ? 1.0 : 0.0)) * bin.Count()) / values.Count;
}
