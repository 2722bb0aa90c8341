using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>
/// Tries again what may do later: faults a few times with growing, jittered pauses; "slow down" far more patiently, since the gate paces those. Each try
/// passes budget and gate anew.
/// </summary>
internal sealed class ResilientCompletion : IModelCompletion
{
    /// <summary>Tries after the first that a provider may answer with "slow down".</summary>
    private const int RateLimitRetries = 49;

    /// <summary>A provider that wants more time than this has no place for us today; the work item comes again later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IModelCompletion _inner;
    private readonly ResiliencePipeline<Result<ModelReply>> _pipeline;
    private readonly Random _random;
    private readonly Lock _randomLock = new();
    private readonly ILogger<ResilientCompletion> _logger;

    public ResilientCompletion(
        IModelCompletion inner, LanguageModelOptions options, TimeProvider clock, Random random, ILogger<ResilientCompletion> logger)
    {
        (_inner, _random, _logger) = (inner, random, logger);
        var builder = new ResiliencePipelineBuilder<Result<ModelReply>> { TimeProvider = clock };
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(Retry(ErrorKind.Unavailable, options.MaxAttempts - 1, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30)));
        }

        // Inside the other, so that its many tries are not counted as faults.
        _pipeline = builder.AddRetry(Retry(ErrorKind.RateLimited, RateLimitRetries, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(20))).Build();
    }

    public async Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct) => await _pipeline.ExecuteAsync(
        static async (state, token) => await state.Call.Tries.RunAsync(inner => state.Inner.CompleteAsync(state.Call, inner), token),
        (Call: call, Inner: _inner),
        ct);

    private RetryStrategyOptions<Result<ModelReply>> Retry(ErrorKind kind, int retries, TimeSpan first, TimeSpan longest) => new()
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
            var code = arguments.Outcome.Result?.Error?.Code ?? string.Empty;
            _logger.Retrying(code, arguments.AttemptNumber + 1, (long)arguments.RetryDelay.TotalMilliseconds);
            LanguageModelTelemetry.Retried(code);
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
