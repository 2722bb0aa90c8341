using Idp.Domain.Kernel.Costs;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>Log messages of the recognition service: event ids 1500 to 1519. Never what pages say.</summary>
internal static partial class WhisperLog
{
    [LoggerMessage(1500, LogLevel.Information, "Paid recognition {CallId} for {Subject}: {Pages} pages accepted, cost ${CostUsd}")]
    public static partial void SubmissionPaid(this ILogger logger, CallId callId, string subject, int pages, Money costUsd);

    [LoggerMessage(1501, LogLevel.Warning, "Recognition {CallId} for {Subject} was not accepted: {ErrorCode}")]
    public static partial void SubmissionFailed(this ILogger logger, CallId callId, string subject, string errorCode);

    [LoggerMessage(1502, LogLevel.Information, "Recognition is tried again after {ErrorCode}: retry {Retry} in {DelayMilliseconds} ms")]
    public static partial void RequestRetried(this ILogger logger, string errorCode, int retry, long delayMilliseconds);

    [LoggerMessage(1503, LogLevel.Warning, "Recognition service refused a request: status {Status}, {ErrorCode}")]
    public static partial void RequestRefused(this ILogger logger, int status, string errorCode);

    [LoggerMessage(1504, LogLevel.Information, "Recognition for {Subject} goes on waiting for an order that was accepted before")]
    public static partial void OrderResumed(this ILogger logger, string subject);

    [LoggerMessage(1505, LogLevel.Information, "Recognition for {Subject} delivered its text after {ElapsedMilliseconds} ms")]
    public static partial void TextDelivered(this ILogger logger, string subject, long elapsedMilliseconds);

    [LoggerMessage(1506, LogLevel.Warning, "Recognition for {Subject} is lost, although it was accepted: {ErrorCode}")]
    public static partial void OrderLost(this ILogger logger, string subject, string errorCode);
}
