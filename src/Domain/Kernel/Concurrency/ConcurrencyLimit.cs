namespace Idp.Domain.Kernel.Concurrency;

/// <summary>
/// How many calls may be in flight: doubles with each round trip until the first sign of a limit, falls at a sign (once a round trip, not once
/// a rejected call), keeps to the level found and tries more from time to time. Immutable: each signal gives a new value.
/// </summary>
/// <param name="Value">Calls allowed in flight.</param>
/// <param name="Minimum">Never less than this.</param>
/// <param name="Maximum">Never more than this.</param>
public sealed record ConcurrencyLimit(int Value, int Minimum, int Maximum)
{
    private const double AfterQueueing = 0.6;
    private const double SureToBeNeeded = 0.75;

    /// <summary>The calls that come back first are the fast ones: a throughput seen while the limit still grew is too high by up to this.</summary>
    private const double FirstGuess = 0.75;

    private const double AfterSilence = 0.5;

    /// <summary>A call slower than this many times the calls at half the load shows the start of queueing: no growth on it.</summary>
    private const double GrowthLatencyFactor = 1.5;

    private const int FailuresInARow = 5;

    /// <summary>The level that was found; null before the first sign.</summary>
    public LimitHold? Hold { get; init; }

    /// <summary>Latency by load.</summary>
    public LatencyCurve Curve { get; init; } = LatencyCurve.Empty;

    /// <summary>Calls up to this number began before the last decrease: they say nothing new.</summary>
    public long DecreasedThrough { get; init; }

    /// <summary>Calls that failed since the last that was answered.</summary>
    public int Failures { get; init; }

    /// <summary>Calls of the last rejected volley that were taken, as far as known.</summary>
    public int Taken { get; init; }

    /// <summary>The lower limit that is being tried; null without.</summary>
    public LimitTrial? Trial { get; init; }

    /// <summary>The shortest latency seen, in seconds.</summary>
    public double Fastest { get; init; } = double.MaxValue;

    /// <summary>A limit of which nothing is known yet.</summary>
    public static ConcurrencyLimit Unknown(int initial, int minimum, int maximum) => new(Math.Clamp(initial, minimum, maximum), minimum, maximum);

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
        var next = this with { Curve = Curve.With(call.InFlight, latency), Failures = 0, Fastest = Math.Min(Fastest, latency.TotalSeconds) };
        if (Trial is { } trial)
        {
            return isNew && call.InFlight >= 0.8 * Value ? next.Tried(trial.With(call.InFlight, latency), lastSequence, now) : next;
        }

        // At a level that was found, latency says nothing new; above it and on the way to it, it does.
        var isSettled = Hold is { Probing: false, Sign: not LimitSign.Silence };
        if (isNew && !isSettled && Value > Minimum && next.Curve.IsQueueing(Value))
        {
            return Hold is { Probing: true }
                ? next.FallBack(LimitSign.Queueing, Value, lastSequence, now)
                : next.TryLower(Value, next.Curve.Throughput(Value) * FirstGuess, lastSequence, now);
        }

        return isUsed ? next.Grow(call, isFast, now) : next;
    }

    /// <summary>A call was rejected because too many were in flight.</summary>
    /// <param name="call">The call.</param>
    /// <param name="others">Other calls in flight now.</param>
    /// <param name="lastSequence">The number of the last call that began.</param>
    /// <param name="notBefore">No probe for more before this time.</param>
    public ConcurrencyLimit Rejected(CallStart call, int others, long lastSequence, TimeSpan notBefore)
    {
        if (call.Sequence > DecreasedThrough)
        {
            // Others in flight are taken, as far as known.
            return FallBack(LimitSign.Rejection, others, lastSequence, notBefore) with { Taken = others };
        }

        // One of the same volley: the calls that are not rejected in the end are what the provider takes at once.
        var taken = this with { Taken = Taken - 1 };
        return Hold is { Sign: LimitSign.Rejection, Probing: false } hold && taken.Taken < hold.Level
            ? taken.Tests(hold with { Level = Bounded(taken.Taken) })
            : taken;
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

    /// <summary>True while a level that a rejection showed has not been kept to for a round of calls.</summary>
    public bool IsUnsettled => Hold is { Sign: LimitSign.Rejection, Probing: false } hold && hold.Successes < hold.Level;

    /// <summary>The same at its level: without the probe that is under way.</summary>
    public ConcurrencyLimit Settled() => Hold is { Probing: true } hold ? this with { Hold = hold with { Probing = false }, Value = Bounded(hold.Level) } : this;

    /// <summary>The limit as it was before rejections that turned out to be about the rate of calls.</summary>
    public ConcurrencyLimit Restored(ConcurrencyLimit before) => this with { Hold = before.Hold, Value = Math.Max(Value, Bounded(before.Value)) };

    private ConcurrencyLimit FallBack(LimitSign sign, int level, long lastSequence, TimeSpan notBefore)
    {
        if (Hold is { Probing: true } probed)
        {
            // A rejected probe shows where between the level and itself the capacity is.
            var shown = sign is LimitSign.Rejection && probed.Sign is LimitSign.Rejection ? Math.Clamp(level, probed.Level, Value - 1) : probed.Level;
            return Decreased(probed.ProbeFailed(Bounded(shown), notBefore), Bounded(shown), lastSequence);
        }

        var lower = Bounded(Math.Min(level, Value - 1));
        // After silence the limit climbs back to near where it was, a call a success, and goes on from there with care.
        var fresh = LimitHold.After(sign, sign is LimitSign.Silence ? Bounded((int)Math.Ceiling(Value * 0.75)) : lower, notBefore);
        var hold = sign is LimitSign.Rejection && Hold is { Sign: LimitSign.Rejection } before ? fresh with { ProbeAfter = Math.Max(fresh.ProbeAfter, before.ProbeAfter) } : fresh;
        var decreased = Decreased(hold, lower, lastSequence);
        return sign is LimitSign.Rejection ? decreased.Tests(hold) : decreased;
    }

    private ConcurrencyLimit Tried(LimitTrial trial, long lastSequence, TimeSpan now)
    {
        if (!trial.IsOver(Value))
        {
            return this with { Trial = trial };
        }

        return trial.IsKept
            ? TryLower(Value, Math.Max(trial.Throughput, trial.Measured), lastSequence, now)
            : this with { Trial = null, Value = trial.From, Hold = LimitHold.After(LimitSign.Queueing, trial.From, now) };
    }

    /// <summary>Goes on with a lower limit and looks whether it serves as well; settles here when the fastest call shows that it cannot.</summary>
    private ConcurrencyLimit TryLower(int from, double throughput, long lastSequence, TimeSpan now)
    {
        var lower = Math.Min(from - 1, (int)Math.Ceiling(from * AfterQueueing));
        return lower < Minimum || lower < throughput * Fastest * SureToBeNeeded
            ? this with { Trial = null, Value = from, Hold = LimitHold.After(LimitSign.Queueing, from, now) }
            : FallBack(LimitSign.Queueing, lower, lastSequence, now) with { Trial = new LimitTrial(from, throughput) };
    }

    private ConcurrencyLimit Decreased(LimitHold hold, int value, long lastSequence) =>
        this with { Hold = hold, Value = value, DecreasedThrough = lastSequence, Trial = null, Curve = Curve.Below(Math.Max(value, hold.Level)) };

    private ConcurrencyLimit Grow(CallStart call, bool isFast, TimeSpan now)
    {
        if (Hold is not { } hold)
        {
            return isFast ? this with { Value = Bounded(Value + 1) } : this;
        }

        if (Value < hold.Level)
        {
            // Calls from before a rejection do not show that fewer in flight were the cure.
            return hold.Sign is LimitSign.Rejection && call.Sequence <= DecreasedThrough ? this : this with { Value = Bounded(Value + 1) };
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

    /// <summary>Calls are made clearly below a level that was just found, to see whether they are taken there.</summary>
    private ConcurrencyLimit Tests(LimitHold hold) => this with { Hold = hold, Value = Math.Min(Value, Bounded(hold.ClearlyBelow)) };

    private int Bounded(int value) => Math.Clamp(value, Minimum, Maximum);
}
