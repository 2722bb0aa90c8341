using Idp.Domain.Documents;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>Log messages of this module: event ids 2000 to 2999. The wording of 2000 to 2004 is one that users search for.</summary>
internal static partial class ExtractionLog
{
    [LoggerMessage(2000, LogLevel.Information, "Document {DocumentId}, account {AccountIndex}: Batching: {PageCount} pages → {BatchCount} batches")]
    public static partial void Batching(this ILogger logger, DocumentId documentId, int accountIndex, int pageCount, int batchCount);

    [LoggerMessage(2001, LogLevel.Information, "Document {DocumentId}: Parallel: {CallCount} concurrent LLM calls")]
    public static partial void Parallel(this ILogger logger, DocumentId documentId, int callCount);

    [LoggerMessage(2002, LogLevel.Information, "Document {DocumentId}, account {AccountIndex}: Batch {Batch}/{BatchCount} completed ({PageCount} pages)")]
    public static partial void BatchCompleted(this ILogger logger, DocumentId documentId, int accountIndex, int batch, int batchCount, int pageCount);

    [LoggerMessage(2003, LogLevel.Warning, "Document {DocumentId}, account {AccountIndex}: Batch {Batch} failed with {ErrorCode}")]
    public static partial void BatchFailed(this ILogger logger, DocumentId documentId, int accountIndex, int batch, string errorCode);

    [LoggerMessage(2004, LogLevel.Information, "Document {DocumentId}: BATCH+PARALLEL: Completed - {AccountCount} accounts processed, {PageCount} pages mapped, {CallCount} calls, {SavedCount} saved")]
    public static partial void BatchParallelCompleted(this ILogger logger, DocumentId documentId, int accountCount, int pageCount, int callCount, int savedCount);

    [LoggerMessage(2005, LogLevel.Information, "Document {DocumentId}: {RowCount} printed rows that nothing explains are asked again")]
    public static partial void RowsAskedAgain(this ILogger logger, DocumentId documentId, int rowCount);

    [LoggerMessage(2006, LogLevel.Warning, "Document {DocumentId}: the model was not asked about {PageCount} doubtful pages: {ErrorCode}")]
    public static partial void DoubtfulPagesLeft(this ILogger logger, DocumentId documentId, int pageCount, string errorCode);

    [LoggerMessage(2007, LogLevel.Information, "Document {DocumentId}: {StatementCount} financial statements found, {LeftOutCount} left out")]
    public static partial void StatementsFound(this ILogger logger, DocumentId documentId, int statementCount, int leftOutCount);

    [LoggerMessage(2008, LogLevel.Information, "Document {DocumentId}: {LineCount} lines of a statement that nothing explains are asked again")]
    public static partial void StatementLinesAskedAgain(this ILogger logger, DocumentId documentId, int lineCount);
}
