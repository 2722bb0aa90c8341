using Idp.Domain.Documents;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>Log messages of this module: event ids 1000 to 1999.</summary>
internal static partial class DocumentLog
{
    [LoggerMessage(1000, LogLevel.Information, "Document {DocumentId} received: {FileType}, {ByteCount} bytes")]
    public static partial void DocumentReceived(this ILogger logger, DocumentId documentId, FileType fileType, long byteCount);

    [LoggerMessage(1001, LogLevel.Information, "Document {DocumentId}: stage {Stage} begins")]
    public static partial void StageStarted(this ILogger logger, DocumentId documentId, string stage);

    [LoggerMessage(1002, LogLevel.Information, "Document {DocumentId}: stage {Stage} ended after {ElapsedMilliseconds} ms with {ProblemCount} problems")]
    public static partial void StageCompleted(this ILogger logger, DocumentId documentId, string stage, long elapsedMilliseconds, int problemCount);

    [LoggerMessage(1003, LogLevel.Warning, "Document {DocumentId}: stage {Stage} failed with {ErrorCode}; attempt {Attempt}, next try in {DelaySeconds} s")]
    public static partial void StageRetried(this ILogger logger, DocumentId documentId, string stage, string errorCode, int attempt, double delaySeconds);

    [LoggerMessage(1004, LogLevel.Warning, "Document {DocumentId}: stage {Stage} failed for good with {ErrorCode}")]
    public static partial void StageFailed(this ILogger logger, DocumentId documentId, string stage, string errorCode);

    [LoggerMessage(1005, LogLevel.Error, "Document {DocumentId}: stage {Stage} ended with an unexpected error")]
    public static partial void StageCrashed(this ILogger logger, DocumentId documentId, string stage, Exception exception);

    [LoggerMessage(1006, LogLevel.Warning, "Document {DocumentId}: page {Page} failed with {ErrorCode}")]
    public static partial void PageFailed(this ILogger logger, DocumentId documentId, int page, string errorCode);

    [LoggerMessage(1007, LogLevel.Information, "Document {DocumentId}: the work on stage {Stage} was given up because the document was changed by someone else")]
    public static partial void WorkLost(this ILogger logger, DocumentId documentId, string stage);

    [LoggerMessage(1008, LogLevel.Information, "Document {DocumentId} cancelled")]
    public static partial void DocumentCancelled(this ILogger logger, DocumentId documentId);
}
