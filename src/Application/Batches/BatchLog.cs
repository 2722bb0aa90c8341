using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Batches;

/// <summary>Log messages of this module: event ids 4000 to 4999.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(4000, LogLevel.Information, "Batch {BatchId} received: {DocumentCount} documents, {RejectedCount} files rejected")]
    public static partial void BatchReceived(this ILogger logger, BatchId batchId, int documentCount, int rejectedCount);

    [LoggerMessage(4001, LogLevel.Information, "Batch {BatchId} ended {Status}: {Completed} completed, {Partial} partial, {Failed} failed, {Cancelled} cancelled")]
    public static partial void BatchEnded(this ILogger logger, BatchId batchId, BatchStatus status, int completed, int partial, int failed, int cancelled);

    [LoggerMessage(4002, LogLevel.Information, "Batch {BatchId}: documents at work are stopped; wished by a person: {IsCancelRequested}, else a document failed and all must")]
    public static partial void DocumentsStopped(this ILogger logger, BatchId batchId, bool isCancelRequested);

    [LoggerMessage(4003, LogLevel.Information, "Batch {BatchId} cancelled")]
    public static partial void BatchCancelled(this ILogger logger, BatchId batchId);

    [LoggerMessage(4004, LogLevel.Error, "Batches could not be brought up to date; trying again")]
    public static partial void WatchFailed(this ILogger logger, Exception exception);
}
