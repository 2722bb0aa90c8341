namespace Idp.Domain.Kernel.Concurrency;

/// <summary>What came of so many calls at once.</summary>
/// <param name="Concurrency">Calls under way at the same time.</param>
/// <param name="Answered">Calls that were answered.</param>
/// <param name="Rejected">Calls that were rejected for their rate.</param>
/// <param name="Failed">Calls that failed otherwise.</param>
/// <param name="Wall">From the first call to the last answer.</param>
/// <param name="MedianLatency">Of the answered calls; zero when there are none.</param>
/// <param name="LongestLatency">Of the answered calls; zero when there are none.</param>
public sealed record ProbeLevel(
    int Concurrency, int Answered, int Rejected, int Failed, TimeSpan Wall, TimeSpan MedianLatency, TimeSpan LongestLatency)
{
    /// <summary>Answers a second.</summary>
    public double Throughput => Wall > TimeSpan.Zero ? Answered / Wall.TotalSeconds : 0;
}

/// <summary>How a provider treats calls that come at the same time.</summary>
public enum ProbeVerdict
{
    /// <summary>Nothing can be said: no calls were answered, or only one level was tried.</summary>
    Unknown,

    /// <summary>All at once, as far as was tried.</summary>
    Parallel,

    /// <summary>One after the other: more at once only wait.</summary>
    Queued,

    /// <summary>Some at once; beyond that they wait.</summary>
    PartlyQueued,

    /// <summary>Some at once; beyond that they are rejected.</summary>
    Rejecting,
}

/// <summary>What a probe found out.</summary>
/// <param name="Levels">By rising concurrency.</param>
/// <param name="Verdict">How the provider treats calls at the same time.</param>
/// <param name="RecommendedLimit">The fewest calls at once that bring about all the throughput there is; null when nothing can be said.</param>
public sealed record ProbeReport(ValueList<ProbeLevel> Levels, ProbeVerdict Verdict, int? RecommendedLimit)
{
    /// <summary>A level with this share of the best throughput is as good as the best.</summary>
    private const double AsGood = 0.9;

    /// <summary>Throughput that grows by less than this share of what it could is no growth.</summary>
    private const double NoGrowth = 0.25;

    /// <summary>Throughput that grows by this share of what it could is that of calls side by side; the rest is noise of the line.</summary>
    private const double FullGrowth = 0.7;

    /// <summary>Judges levels; the lowest is the measure of the others.</summary>
    public static ProbeReport Of(IEnumerable<ProbeLevel> levels)
    {
        var sorted = levels.OrderBy(level => level.Concurrency).ToValueList();
        var clean = sorted.Where(level => level.Answered > 0 && level.Rejected == 0).ToList();
        var usable = clean.Count > 0 ? clean : [.. sorted.Where(level => level.Answered > 0)];
        if (usable.Count == 0)
        {
            return new ProbeReport(sorted, ProbeVerdict.Unknown, null);
        }

        var best = usable.Max(level => level.Throughput);
        var recommended = usable.First(level => level.Throughput >= AsGood * best).Concurrency;
        return new ProbeReport(sorted, Judge(sorted, usable), recommended);
    }

    private static ProbeVerdict Judge(ValueList<ProbeLevel> all, List<ProbeLevel> usable)
    {
        if (all.Count < 2)
        {
            return ProbeVerdict.Unknown;
        }

        if (all.Any(level => level.Rejected > 0))
        {
            return ProbeVerdict.Rejecting;
        }

        // 0: no faster than the lowest level; 1: faster in proportion to the calls at once.
        var (first, last) = (usable[0], usable[^1]);
        var possible = ((double)last.Concurrency / first.Concurrency) - 1;
        var growth = possible > 0 ? ((usable.Max(level => level.Throughput) / first.Throughput) - 1) / possible : 0;
        return growth switch
        {
            >= FullGrowth => ProbeVerdict.Parallel,
            < NoGrowth when usable.All(level => level.Throughput < 1.5 * first.Throughput) => ProbeVerdict.Queued,
            _ => ProbeVerdict.PartlyQueued,
        };
    }
}
