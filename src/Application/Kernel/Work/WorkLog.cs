using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Work;

/// <summary>Log messages of the worker loop: event ids 100 to 199.</summary>
internal static partial class WorkLog
{
    [LoggerMessage(100, LogLevel.Information, "Worker loop of {Pool} started: {MaxConcurrent} at a time; {Freed} items taken over from processes that died")]
    public static partial void LoopStarted(this ILogger logger, string pool, int maxConcurrent, int freed);

    [LoggerMessage(101, LogLevel.Error, "Work could not be claimed; trying again")]
    public static partial void ClaimFailed(this ILogger logger, Exception exception);

    [LoggerMessage(102, LogLevel.Error, "{Subject}: step {Step} could not be settled; it is given back")]
    public static partial void WorkCrashed(this ILogger logger, string subject, string step, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "{Subject}: no handler knows step {Step}")]
    public static partial void NoHandler(this ILogger logger, string subject, string step);

    [LoggerMessage(104, LogLevel.Warning, "{Subject}: the lease on step {Step} is lost; another node has it, or it was cancelled")]
    public static partial void LeaseLost(this ILogger logger, string subject, string step);

    [LoggerMessage(105, LogLevel.Error, "{Subject}: the lease on step {Step} could not be renewed or given back")]
    public static partial void RenewalFailed(this ILogger logger, string subject, string step, Exception exception);

    [LoggerMessage(106, LogLevel.Warning, "The depth of the queue cannot be read for the metrics; trying again")]
    public static partial void DepthsUnknown(this ILogger logger, Exception exception);
}
