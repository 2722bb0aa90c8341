namespace Idp.Domain.Kernel.Concurrency;

/// <summary>
/// A bucket that fills steadily and gives what it holds: over any span of time no more is taken than <see cref="Capacity"/> and what ran in
/// meanwhile. Times count from any fixed origin and never go back.
/// </summary>
/// <param name="Capacity">What it holds when full; over 0.</param>
/// <param name="PerSecond">What runs in each second; over 0.</param>
/// <param name="Level">What it held at <paramref name="AsOf"/>; below zero after a take that was larger than the bucket.</param>
/// <param name="AsOf">When it held that.</param>
public sealed record TokenBucket(double Capacity, double PerSecond, double Level, TimeSpan AsOf)
{
    // Filling is floating point: a bucket that has waited exactly long enough must not be a hair short.
    private const double Tolerance = 1e-6;

    /// <summary>A full bucket that allows <paramref name="perMinute"/> a minute, and as many at once.</summary>
    public static TokenBucket PerMinute(double perMinute, TimeSpan now) => new(perMinute, perMinute / 60, perMinute, now);

    /// <summary>What it holds at <paramref name="now"/>.</summary>
    public double LevelAt(TimeSpan now) =>
        now <= AsOf ? Level : Math.Min(Math.Max(Capacity, Level), Level + (PerSecond * (now - AsOf).TotalSeconds));

    /// <summary>How long until <paramref name="amount"/> can be taken; zero when now. An amount over the capacity needs a full bucket.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="now">The time.</param>
    /// <param name="before">What others are to take first.</param>
    public TimeSpan WaitFor(double amount, TimeSpan now, double before = 0)
    {
        var missing = before + Math.Min(amount, Capacity) - LevelAt(now);
        return missing <= Tolerance ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(missing / PerSecond, TimeSpan.FromDays(1).TotalSeconds));
    }

    /// <summary>Takes <paramref name="amount"/>, into debt if need be; ask <see cref="WaitFor"/> first.</summary>
    public TokenBucket Take(double amount, TimeSpan now) => this with { Level = LevelAt(now) - amount, AsOf = Later(now) };

    /// <summary>Gives back what was taken and not used, up to the capacity.</summary>
    public TokenBucket Return(double amount, TimeSpan now) => this with { Level = Math.Min(Capacity, LevelAt(now) + amount), AsOf = Later(now) };

    /// <summary>Lowers the level to <paramref name="level"/>; a lower one stays.</summary>
    public TokenBucket LowerTo(double level, TimeSpan now) => this with { Level = Math.Min(level, LevelAt(now)), AsOf = Later(now) };

    /// <summary>The same level, filling at another pace from now on.</summary>
    public TokenBucket WithRate(double perSecond, TimeSpan now) => this with { PerSecond = perSecond, Level = LevelAt(now), AsOf = Later(now) };

    private TimeSpan Later(TimeSpan now) => now > AsOf ? now : AsOf;
}
