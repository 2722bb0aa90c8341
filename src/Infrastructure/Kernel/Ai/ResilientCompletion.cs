using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Tries again what may do later; each try passes budget and gate anew.</summary>
internal sealed class ResilientCompletion(
    IModelCompletion inner, LanguageModelOptions options, TimeProvider clock, Random random, ILogger<ResilientCompletion> logger) : IModelCompletion
{
    private readonly ProviderRetries<ModelReply> _retries = new(
        options.MaxAttempts,
        clock,
        random,
        (errorCode, retry, delayMilliseconds) =>
        {
            logger.Retrying(errorCode, retry, delayMilliseconds);
            LanguageModelTelemetry.Retried(errorCode);
        });

    public Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct) =>
        _retries.RunAsync(token => call.Tries.RunAsync(attempt => inner.CompleteAsync(call, attempt), token), ct);
}
