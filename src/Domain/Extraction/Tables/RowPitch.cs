namespace Idp.Domain.Extraction;

/// <summary>The even distance between the rows of a table: where recognition lost a whole row, a gap of twice that distance remains.</summary>
internal static class RowPitch
{
    private const int FewestRows = 4;

    /// <summary>A larger gap is the end of the table, not a loss.</summary>
    private const int MostMissing = 5;

    /// <summary>This share of the distances must agree.</summary>
    private const double Even = 0.6;

    private const double Tolerance = 0.2;

    /// <summary>The distance from row to row, as a fraction of the page height; null when the rows are not evenly spaced.</summary>
    /// <param name="middles">The middles of the rows that were found, from top to bottom.</param>
    public static double? Of(IReadOnlyList<double> middles)
    {
        if (middles.Count < FewestRows)
        {
            return null;
        }

        var steps = middles.Zip(middles.Skip(1), (above, below) => below - above).Where(step => step > 0).Order().ToList();
        if (steps.Count is 0)
        {
            return null;
        }

        // Lost rows make some distances too large, so the middle of the smaller half is nearer to the truth than the middle of all.
        var pitch = steps[steps.Count * 2 / 5];
        var even = steps.Count(step => Math.Abs((step / pitch) - Math.Max(1, Math.Round(step / pitch))) < Tolerance);
        return even >= Even * steps.Count ? pitch : null;
    }

    /// <summary>How many rows are missing between two that follow each other; none where the gap is so large that the table ends there.</summary>
    public static int Missing(double above, double below, double pitch)
    {
        var missing = (int)Math.Round((below - above) / pitch) - 1;
        return missing is > 0 and <= MostMissing ? missing : 0;
    }
}
