using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>A call that ended, and what was so then.</summary>
/// <param name="Call">The call.</param>
/// <param name="Tokens">Its tokens, as estimated.</param>
/// <param name="LastSequence">The number of the last call that began.</param>
/// <param name="TokensStartedAfter">Tokens of the calls that began after it.</param>
/// <param name="Others">Other calls in flight.</param>
/// <param name="IsLimitUsed">As many calls were in flight as the limit allows.</param>
/// <param name="Now">The time.</param>
internal readonly record struct CallEnd(CallStart Call, int Tokens, long LastSequence, long TokensStartedAfter, int Others, bool IsLimitUsed, TimeSpan Now)
{
    public TimeSpan SinceStart => Now - Call.At;
}

/// <summary>Everything a gate has learned; immutable, each end of a call gives a new value.</summary>
/// <param name="Options">What the gate was told.</param>
/// <param name="Limit">Calls in flight.</param>
/// <param name="Pace">When calls may begin.</param>
internal sealed record GateLearning(GateOptions Options, ConcurrencyLimit Limit, CallPace Pace)
{
    private const double LatencyWeight = 0.1;
    private static readonly TimeSpan ShortestBackoff = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);
    private const int CallsBelowLevel = 4;

    private static readonly TimeSpan LongestSpacing = TimeSpan.FromSeconds(0.25);

    /// <summary>Smoothed latency; null before the first answer.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>What the last rejection was about.</summary>
    public GateSignalKind LastRejection { get; init; }

    public double? RequestsPerMinute => Smaller(Pace.AnnouncedRequests, Pace.Learned.Bucket);

    public double? TokensPerMinute => Smaller(Pace.AnnouncedTokens, null);

    /// <summary>Rejections, one for each volley, since the last answer.</summary>
    public int RejectionsInARow { get; init; }

    /// <summary>The limit as it was before the last rejections, should they turn out to be about the rate; null before the first.</summary>
    public ConcurrencyLimit? LimitBeforeRejections { get; init; }

    public static GateLearning Nothing(GateOptions options) => new(
        options,
        options.FixedLimit is { } limit
            ? ConcurrencyLimit.Fixed(limit)
            : ConcurrencyLimit.Unknown(options.InitialLimit, options.MinimumLimit, options.MaximumLimit),
        new CallPace(Bucket(options.RequestsPerMinute), Bucket(options.TokensPerMinute)));

    /// <summary>Follows other settings; what was learned and what is left in the buckets stays.</summary>
    public GateLearning Told(GateOptions options, TimeSpan now) => options == Options ? this : this with
    {
        Options = options,
        Limit = (options.FixedLimit, options.MinimumLimit, options.MaximumLimit) == (Options.FixedLimit, Options.MinimumLimit, Options.MaximumLimit)
            ? Limit
            : Nothing(options).Limit,
        Pace = Pace with { Requests = Resized(Pace.Requests, options.RequestsPerMinute, now), Tokens = Resized(Pace.Tokens, options.TokensPerMinute, now) },
    };

    /// <summary>The same with nothing left in the buckets of the settings.</summary>
    public GateLearning Drained(TimeSpan now) =>
        this with { Pace = Pace with { Requests = Pace.Requests?.LowerTo(0, now), Tokens = Pace.Tokens?.LowerTo(0, now) } };

    public GateLearning Started(CallStart call, int tokens, bool isPaced) => this with { Pace = Pace.Started(call.Sequence, tokens, isPaced, call.At) };

    public GateLearning Succeeded(CallEnd end, TimeSpan latency, int actualTokens, ProviderLimits? limits)
    {
        var pace = actualTokens > 0 ? Pace.Settled(end.Tokens, actualTokens, end.Now) : Pace;
        var limit = Limit.Succeeded(end.Call, latency, end.IsLimitUsed, end.LastSequence, end.Now);
        var smoothed = Latency is { } before ? before + ((latency - before) * LatencyWeight) : latency;
        var followed = Followed(pace, end, limits);

        // Calls that begin at the same instant would test how many may begin at once, not how many may be in flight.
        var isProbe = limit.Hold is { Probing: true, Sign: LimitSign.Rejection } && limit.Value > Limit.Value;
        return this with
        {
            Limit = limit,
            Pace = isProbe ? followed.Spread(end.Now, smoothed / (2 * limit.Value), 2 * limit.Value) : followed,
            Latency = smoothed,
            RejectionsInARow = 0,
        };
    }

    public GateLearning Rejected(CallEnd end, TimeSpan? retryAfter, ProviderLimits? limits)
    {
        var isNew = end.Call.Sequence > Math.Max(Limit.DecreasedThrough, Pace.Learned.RejectedThrough);
        var cause = isNew || end.Others == 0
            ? RejectionVerdict.Judge(end.Call, end.Tokens, end.Others, Requests(limits), Tokens(limits), Pace.Learned.IsSuspected(end.Now), Limit.Hold)
            : LastRejection is GateSignalKind.TooFast ? RejectionCause.ShownRate : RejectionCause.InFlight;
        var row = RejectionsInARow + (isNew ? 1 : 0);
        var pause = cause is RejectionCause.InFlight ? TimeSpan.Zero : PauseFor(retryAfter, row);
        var followed = Followed(Pace, end, limits);
        var paced = followed with
        {
            Learned = followed.Learned.Rejected(end.Call, cause is RejectionCause.ShownRate, end.LastSequence, pause, end.Now),
            IsAnnouncementShared = Pace.IsAnnouncementShared || cause is RejectionCause.AnnouncedRate,
        };
        var limit = LimitAfter(cause, end, retryAfter ?? TimeSpan.Zero);
        return this with
        {
            Limit = limit,
            LimitBeforeRejections = Limit.IsUnsettled ? LimitBeforeRejections ?? Limit : Limit.Settled(),
            Pace = Resumed(paced, pause, end, limit),
            LastRejection = cause is RejectionCause.InFlight ? GateSignalKind.TooManyInFlight : GateSignalKind.TooFast,
            RejectionsInARow = row,
        };
    }

    public GateLearning TimedOut(CallEnd end) => this with { Limit = Limit.TimedOut(end.Call, end.LastSequence, end.Now) };

    public GateLearning Failed(CallEnd end) => this with { Limit = Limit.Failed(end.Call, end.LastSequence, end.Now) };

    public GateLearning Returned(CallEnd end) => this with { Pace = Pace.Returned(end.Tokens, end.Now) };

    private static double? Smaller(TokenBucket? one, TokenBucket? other) =>
        (one, other) is (null, null) ? null : 60 * Math.Min(one?.PerSecond ?? double.MaxValue, other?.PerSecond ?? double.MaxValue);

    private static TokenBucket? Bucket(int? perMinute) => perMinute is { } amount ? TokenBucket.PerMinute(amount, TimeSpan.Zero) : null;

    private static TokenBucket? Resized(TokenBucket? bucket, int? perMinute, TimeSpan now) => bucket is not null && perMinute is { } amount
        ? TokenBucket.PerMinute(amount, now).LowerTo(bucket.LevelAt(now), now)
        : Bucket(perMinute);

    private static AnnouncedLevel Requests(ProviderLimits? limits) =>
        new(limits?.RequestLimit, limits?.RequestsRemaining, limits?.RequestsReset);

    private static AnnouncedLevel Tokens(ProviderLimits? limits) =>
        new(limits?.TokenLimit, limits?.TokensRemaining, limits?.TokensReset);

    private static CallPace Followed(CallPace pace, CallEnd end, ProviderLimits? limits) => limits is null ? pace : pace with
    {
        AnnouncedRequests = AnnouncedBucket.Follow(
            pace.AnnouncedRequests, Requests(limits), end.LastSequence - end.Call.Sequence, pace.IsAnnouncementShared ? null : end.LastSequence, end.SinceStart, end.Now),
        AnnouncedTokens = AnnouncedBucket.Follow(
            pace.AnnouncedTokens, Tokens(limits), end.TokensStartedAfter, takenInAll: null, end.SinceStart, end.Now),
    };

    /// <summary>
    /// After a pause, and clearly below a level that was just found, calls begin one by one, far enough apart that a rejection of one is known before the next: the
    /// first shows whether fewer in flight, or the pause, was the cure.
    /// </summary>
    private static CallPace Resumed(CallPace pace, TimeSpan pause, CallEnd end, ConcurrencyLimit limit)
    {
        var known = end.SinceStart * 1.5;
        var apart = known < LongestSpacing ? known : LongestSpacing;
        if (pause > TimeSpan.Zero)
        {
            return pace.Paused(end.Now + pause).Spread(end.Now + pause, apart, 2 * limit.Value);
        }

        return pace.PausedUntil > end.Now || limit.Value >= limit.Hold?.Level ? pace : pace.Spread(end.Now, apart, CallsBelowLevel);
    }

    private ConcurrencyLimit LimitAfter(RejectionCause cause, CallEnd end, TimeSpan asked)
    {
        if (cause is RejectionCause.InFlight)
        {
            // Who asks for long waits is asked for more seldom.
            return Limit.Rejected(end.Call, end.Others, end.LastSequence, end.Now + (asked * 40));
        }

        return cause is RejectionCause.ShownRate && Limit.Hold is { Sign: LimitSign.Rejection } && LimitBeforeRejections is { } before ? Limit.Restored(before) : Limit;
    }

    private TimeSpan PauseFor(TimeSpan? retryAfter, int row)
    {
        if (retryAfter is { } asked && asked > TimeSpan.Zero)
        {
            return asked < Options.LongestPause ? asked : Options.LongestPause;
        }

        var backoff = ShortestBackoff * Math.Pow(2, Math.Min(row - 1, 20));
        return backoff < LongestBackoff ? backoff : LongestBackoff;
    }
}
