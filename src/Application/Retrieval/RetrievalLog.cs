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
}
