using Idp.Domain.Kernel.Costs;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>Log messages of paid searches: event ids 6100 to 6119. Never what was asked or found.</summary>
internal static partial class TavilyLog
{
    [LoggerMessage(6100, LogLevel.Information, "Paid search {CallId} for {Subject}: {Results} results, {Credits} credits, cost ${CostUsd}, {ElapsedMilliseconds} ms")]
    public static partial void SearchPaid(this ILogger logger, CallId callId, string subject, int results, int credits, Money costUsd, long elapsedMilliseconds);

    [LoggerMessage(6101, LogLevel.Warning, "Search {CallId} for {Subject} ended without an answer: {ErrorCode}")]
    public static partial void SearchFailed(this ILogger logger, CallId callId, string subject, string errorCode);

    [LoggerMessage(6102, LogLevel.Information, "Search is tried again after {ErrorCode}: retry {Retry} in {DelayMilliseconds} ms")]
    public static partial void SearchRetried(this ILogger logger, string errorCode, int retry, long delayMilliseconds);

    [LoggerMessage(6103, LogLevel.Warning, "Search provider refused a request: status {Status}, {ErrorCode}")]
    public static partial void SearchRefused(this ILogger logger, int status, string errorCode);
}
