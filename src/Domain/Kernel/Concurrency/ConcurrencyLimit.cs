namespace Idp.Domain.Kernel.Concurrency;

/// <summary>
/// How many calls may be in flight: doubles with each round trip until the first sign of a limit, falls at a sign (once a round trip, not once
/// a rejected call), keeps to the level found and tries more from time to time. Immutable: each signal gives a new value.
/// </summary>
public sealed record ConcurrencyLimit
{
    private const double AfterQueueing = 0.6;
    private const double AfterSilence = 0.5;
    private const double AfterRepeatedRejection = 0.7;

    /// <summary>A call slower than this many times the calls at half the load shows the start of queueing: no growth on it.</summary>
    private const double GrowthLatencyFactor = 1.5;

    private const int FailuresInARow = 5;

    private ConcurrencyLimit(int initial, int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
        Value = Math.Clamp(initial, minimum, maximum);
    }

    /// <summary>Calls allowed in flight.</summary>
    public int Value { get; private init; }

    /// <summary>Never less than this.</summary>
    public int Minimum { get; }

    /// <summary>Never more than this.</summary>
    public int Maximum { get; }

    /// <summary>The level that was found; null before the first sign.</summary>
    public LimitHold? Hold { get; private init; }

    /// <summary>Latency by load.</summary>
    public LatencyCurve Curve { get; private init; } = LatencyCurve.Empty;

    /// <summary>Calls up to this number began before the last decrease: they say nothing new.</summary>
    public long DecreasedThrough { get; private init; }

    private int Failures { get; init; }

    private bool AcceptedSinceDecrease { get; init; }

    /// <summary>A limit of which nothing is known yet.</summary>
    public static ConcurrencyLimit Unknown(int initial, int minimum, int maximum) => new(initial, minimum, maximum);

    /// <summary>A limit that never changes.</summary>
    public static ConcurrencyLimit Fixed(int value) => new(value, value, value);

    /// <summary>A call was answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="latency">How long the provider took.</param>
    /// <param name="isUsed">Calls were waiting for this limit, so that more might help.</param>
    /// <param name="lastSequence">The number of the last call that began.</param>
    /// <param name="now">The time.</param>
    public ConcurrencyLimit Succeeded(CallStart call, TimeSpan latency, bool isUsed, long lastSequence, TimeSpan now)
    {
        var isFast = Curve.SecondsUpTo(call.InFlight * 0.5) is not { } before || latency.TotalSeconds <= before * GrowthLatencyFactor;
        var isNew = call.Sequence > DecreasedThrough;
        var next = this with { Curve = Curve.With(call.InFlight, latency), Failures = 0, AcceptedSinceDecrease = AcceptedSinceDecrease || isNew };
        if (isNew && Value > Minimum && next.Curve.IsQueueing(Value))
        {
            return next.FallBack(LimitSign.Queueing, (int)Math.Ceiling(Value * AfterQueueing), lastSequence, now);
        }

        return isUsed ? next.Grow(call, isFast, now) : next;
    }

    /// <summary>A call was rejected because too many were in flight.</summary>
    /// <param name="call">The call.</param>
    /// <param name="lastSequence">The number of the last call that began.</param>
    /// <param name="now">The time.</param>
    /// <param name="notBefore">No probe for more before this time.</param>
    public ConcurrencyLimit Rejected(CallStart call, long lastSequence, TimeSpan now, TimeSpan notBefore)
    {
        // The calls before this one were taken and this one was not: that is the capacity.
        var capacity = call.InFlight - 1;
        if (call.Sequence <= DecreasedThrough)
        {
            return Hold is { Sign: LimitSign.Rejection, Probing: false } hold && capacity < hold.Level
                ? this with { Hold = hold with { Level = Bounded(capacity) }, Value = Math.Min(Value, Bounded(capacity)) }
                : this;
        }

        var repeated = Hold is { Sign: LimitSign.Rejection } && !AcceptedSinceDecrease;
        return FallBack(LimitSign.Rejection, repeated ? Math.Min(capacity, (int)(Value * AfterRepeatedRejection)) : capacity, lastSequence, notBefore > now ? notBefore : now);
    }

    /// <summary>A call got no answer in time.</summary>
    public ConcurrencyLimit TimedOut(CallStart call, long lastSequence, TimeSpan now) => call.Sequence <= DecreasedThrough
        ? this
        : FallBack(LimitSign.Silence, (int)(Value * AfterSilence), lastSequence, now);

    /// <summary>A call failed at the provider or on the way; a sign only when many do in a row.</summary>
    public ConcurrencyLimit Failed(CallStart call, long lastSequence, TimeSpan now)
    {
        var next = this with { Failures = Failures + 1 };
        return next.Failures < FailuresInARow ? next : next.TimedOut(call, lastSequence, now) with { Failures = 0 };
    }

    /// <summary>The limit as it was before rejections that turned out to be about the rate of calls.</summary>
    public ConcurrencyLimit Restored(int value) => this with { Hold = null, Value = Math.Max(Value, Bounded(value)) };

    private ConcurrencyLimit FallBack(LimitSign sign, int level, long lastSequence, TimeSpan notBefore)
    {
        if (Hold is { Probing: true } probed)
        {
            return Decreased(probed.ProbeFailed(notBefore), Bounded(probed.Level), lastSequence);
        }

        var lower = Bounded(Math.Min(level, Value - 1));
        // After silence the limit climbs back to near where it was, a call a success, and goes on from there with care.
        var hold = LimitHold.After(sign, sign is LimitSign.Silence ? Bounded((int)Math.Ceiling(Value * 0.75)) : lower, notBefore);
        return Decreased(hold, lower, lastSequence);
    }

    private ConcurrencyLimit Decreased(LimitHold hold, int value, long lastSequence) =>
        this with { Hold = hold, Value = value, DecreasedThrough = lastSequence, AcceptedSinceDecrease = false, Curve = Curve.Below(Math.Max(value, hold.Level)) };

    private ConcurrencyLimit Grow(CallStart call, bool isFast, TimeSpan now)
    {
        if (Hold is not { } hold)
        {
            return isFast ? this with { Value = Bounded(Value + 1) } : this;
        }

        if (Value < hold.Level)
        {
            return this with { Value = Bounded(Value + 1) };
        }

        if (!hold.Probing)
        {
            var waited = hold with { Successes = hold.Successes + 1 };
            return waited.Successes >= waited.ProbeAfter && now >= waited.NotBefore && Value < Maximum
                ? this with { Hold = waited with { Probing = true }, Value = Bounded(hold.Level + hold.Step) }
                : this with { Hold = waited };
        }

        // Only calls above the level show that it can be passed.
        var probed = hold with { ProbeSuccesses = hold.ProbeSuccesses + (call.InFlight > hold.Level ? 1 : 0) };
        if (probed.ProbeSuccesses < 2 * Value)
        {
            return this with { Hold = probed };
        }

        var higher = probed.ProbeHeld();
        return this with { Hold = higher, Value = Bounded(higher.Level + higher.Step) };
    }

    private int Bounded(int value) => Math.Clamp(value, Minimum, Maximum);
}
