namespace Idp.Domain.Kernel.Concurrency;

/// <summary>
/// Learns how many requests a minute a provider takes, where only its rejections tell: between two rejections its bucket was filled and
/// emptied, so the calls it took in between, over the time, are its rate. Immutable: each signal gives a new value.
/// </summary>
public sealed record RejectionRate
{
    /// <summary>Pace at this share of what was learned, so that the odd early call finds room.</summary>
    private const double Margin = 0.98;

    private const double SmallestGrowth = 0.02;
    private const double LargestGrowth = 0.5;
    private const int MostCallsPerGrowth = 100;

    /// <summary>Two measurements this near to each other are of one rate.</summary>
    private const double Agreement = 0.05;

    /// <summary>A rejection at a pace below this share of what the provider took before was not about the rate.</summary>
    private const double Disproof = 0.9;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>Nothing known.</summary>
    public static RejectionRate Unknown { get; } = new();

    /// <summary>The pace to keep; null while no rejection was about the rate of calls.</summary>
    public TokenBucket? Bucket { get; init; }

    /// <summary>Calls up to this number began before the last rejection was known.</summary>
    public long RejectedThrough { get; init; }

    /// <summary>The latest call waited for the pace rather than for the limit of calls in flight.</summary>
    public bool IsPaced { get; init; }

    /// <summary>So did all calls since the last rejection: the provider's bucket was never left to fill by itself.</summary>
    public bool IsPacedThroughout { get; init; }

    /// <summary>When a rejection was last about the rate of calls; null when none was.</summary>
    public TimeSpan? SuspectedAt { get; init; }

    /// <summary>A point between one and two windows back.</summary>
    public RateAnchor Earlier { get; init; }

    /// <summary>A point less than two windows back, after <see cref="Earlier"/>.</summary>
    public RateAnchor Recent { get; init; }

    /// <summary>The last rejection that was news; null before the first.</summary>
    public RateAnchor? LastRejection { get; init; }

    /// <summary>Calls that the provider took between the last two rejections.</summary>
    public double Taken { get; init; }

    /// <summary>How long that was.</summary>
    public double Seconds { get; init; }

    /// <summary>The rate, in calls a second, that the rejection before the last showed; null before the second.</summary>
    public double? MeasuredBefore { get; init; }

    /// <summary>The fastest that the provider took calls from one rejection to the next, in calls a second; 0 while unknown.</summary>
    public double Proven { get; init; }

    /// <summary>The pace, in calls a second, that the last rejection ended; null when there was none.</summary>
    public double? RateBefore { get; init; }

    /// <summary>By what share the pace grows next.</summary>
    public double Growth { get; init; } = 0.32;

    /// <summary>By what share it grows first after a rejection; less with each.</summary>
    public double GrowthAfterRejection { get; init; } = 0.32;

    /// <summary>Calls from one growth to the next.</summary>
    public int CallsPerGrowth { get; init; } = 10;

    /// <summary>Calls that began at this pace.</summary>
    public int Starts { get; init; }

    private double Measured => Taken / Seconds;

    private bool IsConfirmed => MeasuredBefore is { } before && Math.Abs(Measured - before) <= before * Agreement;

    /// <summary>True when a rejection not long ago was about the rate of calls, or calls keep to a pace so that a rejection shows it to be too fast.</summary>
    public bool IsSuspected(TimeSpan now) => Bucket is null ? now - SuspectedAt < 2 * Window : IsPaced;

    /// <summary>A call begins.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="isPaced">Calls wait for this pace, so that a faster one might help.</param>
    /// <param name="now">The time.</param>
    public RejectionRate Started(long sequence, bool isPaced, TimeSpan now)
    {
        var next = Moved(sequence, now) with { IsPaced = isPaced, IsPacedThroughout = IsPacedThroughout && isPaced };
        if (Bucket is not { } bucket)
        {
            return next;
        }

        var taken = next with { Bucket = bucket.Take(1, now), Starts = Starts + (isPaced ? 1 : 0) };
        return taken.Starts < CallsPerGrowth ? taken : taken with
        {
            Bucket = bucket.Take(1, now).WithRate(bucket.PerSecond * (1 + Growth), now),
            Growth = Math.Min(LargestGrowth, Growth * 2),
            Starts = 0,
        };
    }

    /// <summary>A call that had begun was never sent.</summary>
    public RejectionRate Returned(TimeSpan now) => this with { Bucket = Bucket?.Return(1, now) };

    /// <summary>A call was rejected.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isAboutRate">The rejection was about the rate of calls, not about how many were in flight.</param>
    /// <param name="lastSequence">The number of the last call that began.</param>
    /// <param name="pause">How long no call is to begin now.</param>
    /// <param name="now">The time.</param>
    public RejectionRate Rejected(CallStart call, bool isAboutRate, long lastSequence, TimeSpan pause, TimeSpan now)
    {
        if (call.Sequence <= RejectedThrough)
        {
            // One of the same volley: it had been counted as taken.
            var fewer = this with { Taken = Math.Max(1, Taken - 1), SuspectedAt = isAboutRate ? now : SuspectedAt };
            return Bucket is null ? fewer : fewer.Paced(now, now);
        }

        // Without a pause in between, the calls since the last rejection tell exactly; otherwise those of the last minute, lest a rest count as work.
        var isExact = LastRejection is { } last && (IsPacedThroughout || last.At >= Earlier.At);
        var from = isExact ? LastRejection!.Value : Earlier;
        var next = this with
        {
            RejectedThrough = lastSequence,
            IsPacedThroughout = true,
            LastRejection = new RateAnchor(now, lastSequence),
            Taken = Math.Max(1, lastSequence - from.Sequence - 1),
            Seconds = Math.Max(0.001, (now - from.At + (isExact ? TimeSpan.Zero : pause)).TotalSeconds),
            MeasuredBefore = Seconds > 0 ? Measured : null,
            SuspectedAt = isAboutRate ? now : SuspectedAt,
            RateBefore = Bucket?.PerSecond,
            Growth = GrowthAfterRejection,
            Starts = 0,
        };
        if (Bucket?.PerSecond < Proven * Disproof)
        {
            // Whoever refuses everybody now and then would make the pace ever slower.
            return Unknown with { RejectedThrough = lastSequence, Earlier = Earlier, Recent = Recent, LastRejection = next.LastRejection };
        }

        if (Bucket is not null)
        {
            next = next with
            {
                Proven = isExact && next.Seconds >= Window.TotalSeconds ? Math.Max(Proven, next.Measured) : Proven,
                GrowthAfterRejection = Math.Max(SmallestGrowth, GrowthAfterRejection / 2),
                Growth = Math.Max(SmallestGrowth, GrowthAfterRejection / 2),
                // A rate that was measured twice is tried less often.
                CallsPerGrowth = Math.Min(MostCallsPerGrowth, CallsPerGrowth * (next.IsConfirmed ? 4 : 2)),
            };
        }

        // The first tells nothing of the rate: it ends a burst. From it to the next, the calls taken do.
        return isAboutRate && (Bucket is not null || IsSuspected(now)) ? next.Paced(now, now + pause) : next;
    }

    private RejectionRate Paced(TimeSpan now, TimeSpan from)
    {
        var measured = Measured * Margin;
        var rate = RateBefore is { } before ? Math.Clamp(measured, before * 0.5, before * 0.97) : measured;
        return this with
        {
            Bucket = Bucket is { } bucket && from <= now ? bucket with { PerSecond = rate } : new TokenBucket(1, rate, 1, from),
        };
    }

    /// <summary>Keeps a point between one and two windows back, to count from when there was no rejection.</summary>
    private RejectionRate Moved(long sequence, TimeSpan now)
    {
        var here = new RateAnchor(now, sequence - 1);
        if (sequence == 1 || now - Recent.At >= 2 * Window)
        {
            return this with { Earlier = here, Recent = here };
        }

        return now - Recent.At >= Window ? this with { Earlier = Recent, Recent = here } : this;
    }
}

/// <summary>A moment to count calls from.</summary>
/// <param name="At">When it was.</param>
/// <param name="Sequence">The number of the last call that had begun.</param>
public readonly record struct RateAnchor(TimeSpan At, long Sequence);
