using Idp.Domain.Kernel.Costs;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Log messages of model calls: event ids 3000 to 3099. Never what was asked or answered.</summary>
internal static partial class LanguageModelLog
{
    [LoggerMessage(3000, LogLevel.Information,
        "Paid call {CallId} for {Subject}: task {Task}, model {Model}, pages {Pages}, {InputTokens} tokens in, {OutputTokens} out, {CachedTokens} cached, "
        + "cost ${CostUsd} (estimated: {Estimated}), {ElapsedMilliseconds} ms, usable: {Usable}")]
    public static partial void CallPaid(
        this ILogger logger, CallId callId, string subject, string task, string model, string pages, int inputTokens, int outputTokens, int cachedTokens,
        Money costUsd, bool estimated, long elapsedMilliseconds, bool usable);

    [LoggerMessage(3001, LogLevel.Warning, "Call {CallId} for {Subject} ended without an answer: task {Task}, model {Model}, pages {Pages}, {ErrorCode}")]
    public static partial void CallFailed(
        this ILogger logger, CallId callId, string subject, string task, string model, string pages, string errorCode);

    [LoggerMessage(3002, LogLevel.Warning,
        "Call {CallId}: the provider counts {InputTokens} tokens in of at most {InputBound}, {OutputTokens} out of at most {OutputBound}; it does not keep the limit that it was given")]
    public static partial void BoundPassed(this ILogger logger, CallId callId, int inputTokens, int inputBound, int outputTokens, int outputBound);

    [LoggerMessage(3003, LogLevel.Information, "Model call is tried again after {ErrorCode}: retry {Retry} in {DelayMilliseconds} ms")]
    public static partial void Retrying(this ILogger logger, string errorCode, int retry, long delayMilliseconds);

    [LoggerMessage(3004, LogLevel.Warning, "Model provider throttles: status {Status}, retry after {RetryAfterSeconds} s")]
    public static partial void Throttled(this ILogger logger, int status, double? retryAfterSeconds);

    [LoggerMessage(3005, LogLevel.Information, "Model {Model} refused a parameter; from now on it is asked with {Manners}")]
    public static partial void MannersLearned(this ILogger logger, string model, string manners);

    [LoggerMessage(3006, LogLevel.Warning, "{Subject}: the reply to task {Task} cannot be used; it is sent back once for repair")]
    public static partial void Repairing(this ILogger logger, string subject, string task);

    [LoggerMessage(3007, LogLevel.Warning, "{Subject}: the repaired reply to task {Task} cannot be used either")]
    public static partial void RepairFailed(this ILogger logger, string subject, string task);

    [LoggerMessage(3008, LogLevel.Warning, "Model provider refused a request: status {Status}, type '{ErrorType}', code '{ErrorCode}', parameter '{Parameter}'")]
    public static partial void RequestRefused(this ILogger logger, int status, string errorType, string errorCode, string parameter);

    [LoggerMessage(3009, LogLevel.Information, "Model {Model} refused about {Tokens} tokens of pages; less is sent from now on")]
    public static partial void InputLimitLearned(this ILogger logger, string model, int tokens);

    [LoggerMessage(3010, LogLevel.Information, "Model {Model} stopped after {Tokens} tokens of reply; less is asked at once from now on")]
    public static partial void OutputLimitLearned(this ILogger logger, string model, int tokens);

    [LoggerMessage(3011, LogLevel.Debug, "The way of a reply to the journal was rehearsed in {ElapsedMilliseconds} ms")]
    public static partial void Rehearsed(this ILogger logger, long elapsedMilliseconds);

    [LoggerMessage(3012, LogLevel.Warning, "The way of a reply to the journal could not be rehearsed; the first replies take a little longer to be kept")]
    public static partial void RehearsalFailed(this ILogger logger, Exception exception);
}
