using Idp.Domain.Documents;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>Log messages of this module: event ids 7000 to 7099. Never what documents or questions say.</summary>
internal static partial class RetrievalLog
{
    [LoggerMessage(7000, LogLevel.Information, "{DocumentId} is searchable: {Pages} pages, {Chunks} chunks, {Milliseconds} ms")]
    public static partial void DocumentIndexed(this ILogger logger, DocumentId documentId, int pages, int chunks, long milliseconds);

    [LoggerMessage(7001, LogLevel.Debug, "{DocumentId} is searchable as it is: its pages say the same as before")]
    public static partial void NothingChanged(this ILogger logger, DocumentId documentId);

    [LoggerMessage(7002, LogLevel.Error, "{DocumentId}: {Step} met an error of the program, attempt {Attempt}")]
    public static partial void StepCrashed(this ILogger logger, DocumentId documentId, string step, int attempt, Exception exception);

    [LoggerMessage(7003, LogLevel.Information, "{DocumentId} was deleted, or taken over by another node, while it was made searchable")]
    public static partial void WorkLost(this ILogger logger, DocumentId documentId);

    [LoggerMessage(7004, LogLevel.Information, "{DocumentId} has its vectors: {Chunks} chunks, {Milliseconds} ms")]
    public static partial void DocumentEmbedded(this ILogger logger, DocumentId documentId, int chunks, long milliseconds);

    [LoggerMessage(7005, LogLevel.Warning, "{DocumentId} has no vectors yet: {ErrorCode}, attempt {Attempt}; next in {Delay}")]
    public static partial void EmbeddingDelayed(this ILogger logger, DocumentId documentId, string errorCode, int attempt, TimeSpan delay);

    [LoggerMessage(7006, LogLevel.Error, "{DocumentId} gets no vectors: {ErrorCode}")]
    public static partial void EmbeddingFailed(this ILogger logger, DocumentId documentId, string errorCode);

    [LoggerMessage(7008, LogLevel.Information, "Documents of before are made searchable as it is set now, a few at a time, from {DocumentId} to older ones")]
    public static partial void CatchUpBegun(this ILogger logger, DocumentId documentId);

    [LoggerMessage(7009, LogLevel.Information, "{Documents} documents of before were given work that makes them searchable; none is left")]
    public static partial void CatchUpDone(this ILogger logger, int documents);

    [LoggerMessage(7010, LogLevel.Error, "Documents that are not searchable yet cannot be looked for; trying again")]
    public static partial void CatchUpFailed(this ILogger logger, Exception exception);

    [LoggerMessage(7011, LogLevel.Warning, "{DocumentId} has no summary by the model yet: {ErrorCode}, attempt {Attempt}; next in {Delay}")]
    public static partial void SummaryDelayed(this ILogger logger, DocumentId documentId, string errorCode, int attempt, TimeSpan delay);

    [LoggerMessage(7012, LogLevel.Warning, "{DocumentId} keeps its summary by rules: {ErrorCode}")]
    public static partial void SummaryByRules(this ILogger logger, DocumentId documentId, string errorCode);

    [LoggerMessage(7013, LogLevel.Warning, "{DocumentId}: pages that the model could not look over stay as the rules cleaned them: {ErrorCode}")]
    public static partial void CleanedByRules(this ILogger logger, DocumentId documentId, string errorCode);

    [LoggerMessage(7014, LogLevel.Warning, "{DocumentId} stays as the rules cleaned it, because the model would need more than {Calls} calls (RETRIEVAL__CLEANING_MAX_CALLS)")]
    public static partial void CleaningTooLong(this ILogger logger, DocumentId documentId, int calls);

    [LoggerMessage(7007, LogLevel.Warning, "A question was answered by words alone, because its vector could not be made: {ErrorCode}")]
    public static partial void QuestionNotEmbedded(this ILogger logger, string errorCode);
}
