using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>What the pool of workers has to say.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1401, LogLevel.Warning, "A worker process was lost and is replaced; out of memory: {OutOfMemory}, out of time: {OutOfTime}")]
    public static partial void WorkerLost(this ILogger logger, bool outOfMemory, bool outOfTime);

    [LoggerMessage(1402, LogLevel.Error, "A worker process could not be started: {Reason}")]
    public static partial void WorkerDoesNotStart(this ILogger logger, string reason);
}
