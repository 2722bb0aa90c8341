using System.Globalization;
using Idp.Simulators.Options;

namespace Idp.Simulators.Serving;

/// <summary>Why a request is not let in now.</summary>
/// <param name="Kind"><c>requests</c> or <c>tokens</c>.</param>
/// <param name="PerMinute">The limit.</param>
/// <param name="Requested">What the request needs.</param>
/// <param name="Wait">When to come again; null: never, it is larger than the limit.</param>
internal sealed record RateRefusal(string Kind, int PerMinute, int Requested, TimeSpan? Wait);

/// <summary>Requests and tokens per minute. Safe to use from many threads.</summary>
internal sealed class RateLimits(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly TokenBucket _requests = new();
    private readonly TokenBucket _tokens = new();
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private RateLimitOptions _options = new();

    /// <summary>Changes the limits.</summary>
    public void Configure(RateLimitOptions options)
    {
        lock (_gate)
        {
            _options = options;
            var now = clock.GetUtcNow();
            _requests.Configure(options.RequestsPerMinute, options.BurstSeconds, now);
            _tokens.Configure(options.TokensPerMinute, options.BurstSeconds, now);
        }
    }

    /// <summary>Lets a request in and counts it, or says why not.</summary>
    public RateRefusal? Admit(int promptTokens)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (UntilStormIsOver(now) is { } storm)
            {
                return new RateRefusal("requests", _requests.PerMinute, 1, storm);
            }

            if (_tokens.Wait(promptTokens, now) is not { } forTokens)
            {
                return new RateRefusal("tokens", _tokens.PerMinute, promptTokens, null);
            }

            var forRequests = _requests.Wait(1, now) ?? TimeSpan.Zero;
            if (forRequests > TimeSpan.Zero || forTokens > TimeSpan.Zero)
            {
                return forRequests >= forTokens
                    ? new RateRefusal("requests", _requests.PerMinute, 1, forRequests)
                    : new RateRefusal("tokens", _tokens.PerMinute, promptTokens, forTokens);
            }

            _requests.Take(1, now);
            _tokens.Take(promptTokens, now);
            return null;
        }
    }

    /// <summary>Counts the answer.</summary>
    public void Charge(int completionTokens)
    {
        lock (_gate)
        {
            _tokens.Take(completionTokens, clock.GetUtcNow());
        }
    }

    /// <summary>Fills both buckets.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _requests.Fill();
            _tokens.Fill();
        }
    }

    /// <summary>The <c>x-ratelimit-*</c> headers now.</summary>
    public IEnumerable<(string Name, string Value)> Headers(RateLimitHeaderMode mode)
    {
        lock (_gate)
        {
            return mode switch
            {
                RateLimitHeaderMode.Absent => [],
                RateLimitHeaderMode.Meaningless => [.. Meaningless("requests"), .. Meaningless("tokens")],
                RateLimitHeaderMode.Sent => [.. True("requests", _requests), .. True("tokens", _tokens)],
            };
        }
    }

    private TimeSpan? UntilStormIsOver(DateTimeOffset now)
    {
        var sinceStart = (now - _start).TotalSeconds;
        if (_options.StormEverySeconds == 0 || sinceStart < _options.StormEverySeconds)
        {
            return null;
        }

        var into = sinceStart % _options.StormEverySeconds;
        return into < _options.StormSeconds ? TimeSpan.FromSeconds(_options.StormSeconds - into) : null;
    }

    private static IEnumerable<(string, string)> Meaningless(string kind) =>
        [($"x-ratelimit-limit-{kind}", "-1"), ($"x-ratelimit-remaining-{kind}", "0"), ($"x-ratelimit-reset-{kind}", "0s")];

    private IEnumerable<(string, string)> True(string kind, TokenBucket bucket)
    {
        if (bucket.PerMinute == 0)
        {
            return [];
        }

        var (remaining, untilFull) = bucket.State(clock.GetUtcNow());
        return
        [
            ($"x-ratelimit-limit-{kind}", bucket.PerMinute.ToString(CultureInfo.InvariantCulture)),
            ($"x-ratelimit-remaining-{kind}", remaining.ToString(CultureInfo.InvariantCulture)),
            ($"x-ratelimit-reset-{kind}", DurationText.Of(untilFull)),
        ];
    }
}
