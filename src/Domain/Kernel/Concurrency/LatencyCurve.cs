namespace Idp.Domain.Kernel.Concurrency;

/// <summary>
/// How long calls take, by how many were in flight when they began. Where calls run side by side the curve is flat; where the server
/// queues them it rises in proportion, and the throughput (calls in flight ÷ latency) stands still.
/// </summary>
/// <param name="Cells">By rising load, two to a doubling.</param>
public sealed record LatencyCurve(ValueList<LatencyCell> Cells)
{
    /// <summary>Two cells to a doubling.</summary>
    private const int CellsPerDoubling = 2;

    /// <summary>Latency may grow with this power of the load before the calls count as queued: 0 is side by side, 1 is one after the other.</summary>
    private const double QueueingExponent = 0.6;

    /// <summary>Nothing known.</summary>
    public static LatencyCurve Empty { get; } = new(ValueList.Create<LatencyCell>([]));

    /// <summary>Adds a call.</summary>
    /// <param name="inFlight">Calls in flight when it began, itself among them; at least 1.</param>
    /// <param name="latency">How long it took.</param>
    public LatencyCurve With(int inFlight, TimeSpan latency)
    {
        var index = (int)Math.Round(Math.Log2(inFlight) * CellsPerDoubling);
        var cells = Cells.Concat(Enumerable.Repeat(default(LatencyCell), Math.Max(0, index + 1 - Cells.Count))).ToArray();
        cells[index] = cells[index].With(inFlight, latency.TotalSeconds);
        return new LatencyCurve(cells.ToValueList());
    }

    /// <summary>Forgets calls that began with more than <paramref name="inFlight"/> in flight.</summary>
    public LatencyCurve Below(int inFlight) =>
        new(Cells.Select(cell => cell.MeanInFlight > inFlight ? default : cell).ToValueList());

    /// <summary>The mean latency in seconds of calls that began with at most <paramref name="inFlight"/> in flight; null when there were none.</summary>
    public double? SecondsUpTo(double inFlight)
    {
        var pool = Pool(0, inFlight);
        return pool.Weight > 0 ? pool.MeanSeconds : null;
    }

    /// <summary>
    /// True when more calls in flight brought next to no throughput: among the calls seen with up to <paramref name="limit"/> in flight,
    /// those of the upper third took longer than those below in proportion to the load. False while too little is known.
    /// </summary>
    public bool IsQueueing(int limit)
    {
        var (top, upper) = Upper(limit);
        var lower = Pool(top * 0.2, top * 0.7);
        var enough = Math.Min(4, limit / 2);
        return lower.Weight > 0 && upper.Weight >= enough && lower.Weight >= enough
            && upper.MeanSeconds > lower.MeanSeconds * Math.Pow(upper.MeanInFlight / lower.MeanInFlight, QueueingExponent);
    }

    /// <summary>Calls a second among the calls seen with nearly <paramref name="limit"/> in flight; 0 when there were none.</summary>
    public double Throughput(int limit)
    {
        var upper = Upper(limit).Pool;
        return upper.Weight > 0 ? upper.InFlight / Math.Max(1e-9, upper.Seconds) : 0;
    }

    private (double Top, LatencyCell Pool) Upper(int limit)
    {
        var top = Cells.Where(cell => cell.Weight > 0 && cell.MeanInFlight <= limit * 1.05).Select(static cell => cell.MeanInFlight).DefaultIfEmpty(0).Max();
        return (top, Pool(top * 0.7, top));
    }

    private LatencyCell Pool(double above, double upTo) => Cells
        .Where(cell => cell.Weight > 0 && cell.MeanInFlight > above && cell.MeanInFlight <= upTo)
        .Aggregate(default(LatencyCell), static (sum, cell) => sum.Plus(cell));
}

/// <summary>Calls that began with about the same number in flight.</summary>
/// <param name="Weight">How many, the older ones counting less.</param>
/// <param name="InFlight">The sum of calls in flight when they began.</param>
/// <param name="Seconds">The sum of their latencies.</param>
public readonly record struct LatencyCell(double Weight, double InFlight, double Seconds)
{
    /// <summary>A cell forgets the old as the new comes in, so that it holds about this many calls.</summary>
    private const double Memory = 32;

    /// <summary>Calls in flight, on average; 0 without a call.</summary>
    public double MeanInFlight => Weight > 0 ? InFlight / Weight : 0;

    /// <summary>Their latency, on average; 0 without a call.</summary>
    public double MeanSeconds => Weight > 0 ? Seconds / Weight : 0;

    /// <summary>Adds a call.</summary>
    public LatencyCell With(double inFlight, double seconds)
    {
        var kept = Math.Min(1, (Memory - 1) / Math.Max(1, Weight));
        return new LatencyCell((Weight * kept) + 1, (InFlight * kept) + inFlight, (Seconds * kept) + seconds);
    }

    /// <summary>Both together.</summary>
    public LatencyCell Plus(LatencyCell other) => new(Weight + other.Weight, InFlight + other.InFlight, Seconds + other.Seconds);
}
