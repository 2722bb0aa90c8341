namespace Idp.Domain.Kernel.Concurrency;

/// <summary>When the next call may begin: the configured, announced and learned buckets together, and pauses. Immutable.</summary>
/// <param name="Requests">The configured requests a minute; null without.</param>
/// <param name="Tokens">The configured tokens a minute; null without.</param>
public sealed record CallPace(TokenBucket? Requests, TokenBucket? Tokens)
{
    /// <summary>Requests as the provider announces them; null while it does not.</summary>
    public TokenBucket? AnnouncedRequests { get; init; }

    /// <summary>Tokens as the provider announces them; null while it does not.</summary>
    public TokenBucket? AnnouncedTokens { get; init; }

    /// <summary>The provider rejected a call for the requests that it announces, although they were kept: somebody else takes from them.</summary>
    public bool IsAnnouncementShared { get; init; }

    /// <summary>Requests as its rejections show them.</summary>
    public RejectionRate Learned { get; init; } = RejectionRate.Unknown;

    /// <summary>No call begins before this time.</summary>
    public TimeSpan PausedUntil { get; init; }

    /// <summary>Spreads the first calls after a rejection or a pause; null without.</summary>
    public TokenBucket? Resumption { get; init; }

    /// <summary>How many calls are still to be spread.</summary>
    public int CallsToSpread { get; init; }

    private IEnumerable<TokenBucket> RequestBuckets => new[] { Requests, AnnouncedRequests, Learned.Bucket, Resumption }.OfType<TokenBucket>();

    private IEnumerable<TokenBucket> TokenBuckets => new[] { Tokens, AnnouncedTokens }.OfType<TokenBucket>();

    /// <summary>How long until a call of so many tokens may begin; zero when now.</summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="now">The time.</param>
    /// <param name="callsBefore">Calls whose turn comes first and that have not begun: what they need is left for them.</param>
    /// <param name="tokensBefore">Their tokens.</param>
    public TimeSpan WaitFor(int tokens, TimeSpan now, int callsBefore = 0, long tokensBefore = 0)
    {
        var pause = PausedUntil > now ? PausedUntil - now : TimeSpan.Zero;
        var request = RequestBuckets.Select(bucket => bucket.WaitFor(1, now, callsBefore)).DefaultIfEmpty(TimeSpan.Zero).Max();
        var size = TokenBuckets.Select(bucket => bucket.WaitFor(tokens, now, tokensBefore)).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new[] { pause, request, size }.Max();
    }

    /// <summary>A call begins.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="tokens">Its tokens, as estimated.</param>
    /// <param name="isPaced">Calls wait for the pace rather than for the limit of calls in flight.</param>
    /// <param name="now">The time.</param>
    public CallPace Started(long sequence, int tokens, bool isPaced, TimeSpan now) => this with
    {
        Requests = Requests?.Take(1, now),
        Tokens = Tokens?.Take(tokens, now),
        AnnouncedRequests = AnnouncedRequests?.Take(1, now),
        AnnouncedTokens = AnnouncedTokens?.Take(tokens, now),
        Learned = Learned.Started(sequence, isPaced, now),
        Resumption = CallsToSpread > 1 ? Resumption?.Take(1, now) : null,
        CallsToSpread = Math.Max(0, CallsToSpread - 1),
    };

    /// <summary>A call that had begun was never sent.</summary>
    public CallPace Returned(int tokens, TimeSpan now) => this with
    {
        Requests = Requests?.Return(1, now),
        Tokens = Tokens?.Return(tokens, now),
        AnnouncedRequests = AnnouncedRequests?.Return(1, now),
        AnnouncedTokens = AnnouncedTokens?.Return(tokens, now),
        Learned = Learned.Returned(now),
    };

    /// <summary>The real size of a call is known.</summary>
    public CallPace Settled(int estimatedTokens, int actualTokens, TimeSpan now) => this with
    {
        Tokens = Tokens?.Return((double)estimatedTokens - actualTokens, now),
        AnnouncedTokens = AnnouncedTokens?.Return((double)estimatedTokens - actualTokens, now),
    };

    /// <summary>Nobody begins before <paramref name="until"/>; an earlier end than is set already changes nothing.</summary>
    public CallPace Paused(TimeSpan until) => until <= PausedUntil ? this : this with { PausedUntil = until };

    /// <summary>After <paramref name="from"/>, so many calls begin one by one, <paramref name="apart"/> after each other; the next is free again.</summary>
    public CallPace Spread(TimeSpan from, TimeSpan apart, int calls) =>
        this with { Resumption = new TokenBucket(1, 1 / Math.Max(0.001, apart.TotalSeconds), 0, from), CallsToSpread = calls };
}
