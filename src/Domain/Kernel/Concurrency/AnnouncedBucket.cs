namespace Idp.Domain.Kernel.Concurrency;

/// <summary>What a provider says of one of its buckets (requests or tokens); null where it does not say.</summary>
/// <param name="Limit">What the bucket holds; over 0.</param>
/// <param name="Remaining">What is left in it.</param>
/// <param name="Reset">Until it is full again.</param>
public readonly record struct AnnouncedLevel(long? Limit, long? Remaining, TimeSpan? Reset);

/// <summary>Follows a bucket that the provider announces with its answers.</summary>
public static class AnnouncedBucket
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The bucket after an answer; <paramref name="known"/> when the answer says too little.</summary>
    /// <param name="known">The bucket as known so far; null before the first announcement.</param>
    /// <param name="said">What the answer says.</param>
    /// <param name="takenAfter">What was taken after the answered call began: it may not be counted in <paramref name="said"/>.</param>
    /// <param name="takenInAll">
    /// What was taken since the first call, as long as nobody else is known to take from the bucket: then our own count is right whether the provider says what
    /// remained as of the start of a call or as of its end. Null to take <paramref name="said"/> to be as of the start.
    /// </param>
    /// <param name="sinceStart">How long ago the answered call began.</param>
    /// <param name="now">The time.</param>
    public static TokenBucket? Follow(TokenBucket? known, AnnouncedLevel said, double takenAfter, double? takenInAll, TimeSpan sinceStart, TimeSpan now)
    {
        var uncounted = takenInAll is null ? takenAfter : 0;
        if (said.Limit is not { } limit || limit <= 0)
        {
            return known is null || said.Remaining is not { } left ? known : known.LowerTo(left + (known.PerSecond * sinceStart.TotalSeconds) - uncounted, now);
        }

        var perSecond = PerSecond(limit, said);
        if (known is null || known.Capacity != limit)
        {
            var held = said.Remaining ?? limit;
            return new TokenBucket(limit, perSecond, takenInAll is { } all && all < limit ? Math.Min(held, limit - all) : held - takenAfter, now);
        }

        var paced = known.PerSecond == perSecond ? known : known.WithRate(perSecond, now);
        return said.Remaining is { } remaining ? paced.LowerTo(remaining + (perSecond * sinceStart.TotalSeconds) - uncounted, now) : paced;
    }

    // Limits are a minute's unless filling what was used takes longer than that; then the use and the time give the pace.
    private static double PerSecond(long limit, AnnouncedLevel said) =>
        said is { Remaining: { } remaining, Reset: { } reset } && remaining < limit && reset > Minute * 1.1
            ? (limit - remaining) / reset.TotalSeconds
            : limit / Minute.TotalSeconds;
}
