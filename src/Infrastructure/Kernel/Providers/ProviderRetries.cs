using Idp.Domain.Kernel;
using Polly;
using Polly.Retry;

namespace Idp.Infrastructure.Kernel.Providers;

/// <summary>
/// Tries again what may do later: faults a few times with growing, jittered pauses; "slow down" far more patiently, since the gate paces those. Each try passes budget and gate anew.
/// </summary>
/// <typeparam name="T">What a provider answers.</typeparam>
internal sealed class ProviderRetries<T>
{
    /// <summary>Tries after the first that a provider may answer with "slow down".</summary>
    private const int RateLimitRetries = 49;

    /// <summary>A provider that wants more time than this has no place for us today; the work item comes again later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ResiliencePipeline<Result<T>> _pipeline;
    private readonly Random _random;
    private readonly Lock _randomLock = new();
    private readonly Action<string, int, long> _onRetry;

    /// <summary>Prepares to try.</summary>
    /// <param name="maxAttempts">Tries of a call that meets faults, the first included; at least 1.</param>
    /// <param name="clock">Times the pauses.</param>
    /// <param name="random">Spreads them.</param>
    /// <param name="onRetry">Told before each pause: the error's code, the number of the retry from 1, the pause in milliseconds.</param>
    public ProviderRetries(int maxAttempts, TimeProvider clock, Random random, Action<string, int, long> onRetry)
    {
        (_random, _onRetry) = (random, onRetry);
        var builder = new ResiliencePipelineBuilder<Result<T>> { TimeProvider = clock };
        if (maxAttempts > 1)
        {
            builder.AddRetry(Retry(ErrorKind.Unavailable, maxAttempts - 1, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30)));
        }

        // Inside the other, so that its many tries are not counted as faults.
        _pipeline = builder.AddRetry(Retry(ErrorKind.RateLimited, RateLimitRetries, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(20))).Build();
    }

    /// <summary>Runs tries until one succeeds or there is no hope.</summary>
    public async Task<Result<T>> RunAsync(Func<CancellationToken, Task<Result<T>>> attempt, CancellationToken ct) =>
        await _pipeline.ExecuteAsync(static async (attempt, token) => await attempt(token), attempt, ct);

    private RetryStrategyOptions<Result<T>> Retry(ErrorKind kind, int retries, TimeSpan first, TimeSpan longest) => new()
    {
        Name = kind.ToString(),
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result?.Error is { } error && error.Kind == kind && !(error.RetryAfter > Patience)),
        MaxRetryAttempts = retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = first,
        MaxDelay = longest,
        Randomizer = NextRandom,

        // "At once" is no pause; ours stands in for it.
        DelayGenerator = static arguments =>
            ValueTask.FromResult(arguments.Outcome.Result?.Error?.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : (TimeSpan?)null),
        OnRetry = arguments =>
        {
            _onRetry(arguments.Outcome.Result?.Error?.Code ?? string.Empty, arguments.AttemptNumber + 1, (long)arguments.RetryDelay.TotalMilliseconds);
            return ValueTask.CompletedTask;
        },
    };

    private double NextRandom()
    {
        lock (_randomLock)
        {
            return _random.NextDouble();
        }
    }
}
