using Idp.Domain.Research;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Research;

/// <summary>Log messages of this module: event ids 6000 to 6099. Never what pages or models say.</summary>
internal static partial class ResearchLog
{
    [LoggerMessage(6000, LogLevel.Information, "Job {JobId} received: {Companies} companies, {Reports} rows not taken in, rubric {Rubric}")]
    public static partial void JobReceived(this ILogger logger, JobId jobId, int companies, int reports, string rubric);

    [LoggerMessage(6001, LogLevel.Information, "{CompanyId} searched: {Results} results, {Relevant} relevant, {Credits} credits")]
    public static partial void CompanySearched(this ILogger logger, CompanyId companyId, int results, int relevant, int credits);

    [LoggerMessage(6002, LogLevel.Information, "{CompanyId} completed: {Tier}, score {Score}, {Reasons} reasons, {Supported} of them supported")]
    public static partial void CompanyCompleted(this ILogger logger, CompanyId companyId, string tier, int score, int reasons, int supported);

    [LoggerMessage(6003, LogLevel.Warning, "{CompanyId} failed in {Step}: {ErrorCode}")]
    public static partial void CompanyFailed(this ILogger logger, CompanyId companyId, string step, string errorCode);

    [LoggerMessage(6004, LogLevel.Information, "{CompanyId}: {Step} is tried again after {ErrorCode}, attempt {Attempt}, in {DelaySeconds} s")]
    public static partial void StepRetried(this ILogger logger, CompanyId companyId, string step, string errorCode, int attempt, double delaySeconds);

    [LoggerMessage(6005, LogLevel.Error, "{CompanyId}: {Step} met an error of the program")]
    public static partial void StepCrashed(this ILogger logger, CompanyId companyId, string step, Exception exception);

    [LoggerMessage(6006, LogLevel.Warning, "Job {JobId} stopped by {ErrorCode}: {Companies} waiting companies failed and can be run again")]
    public static partial void JobStopped(this ILogger logger, JobId jobId, string errorCode, int companies);

    [LoggerMessage(6007, LogLevel.Information, "Job {JobId} cancelled: {Companies} companies stopped")]
    public static partial void JobCancelled(this ILogger logger, JobId jobId, int companies);

    [LoggerMessage(6008, LogLevel.Information, "Job {JobId}: {Companies} failed companies run again")]
    public static partial void CompaniesRetried(this ILogger logger, JobId jobId, int companies);

    [LoggerMessage(6009, LogLevel.Information, "{CompanyId}: {Tokens} tokens of pages were too large; {NextTokens} are sent")]
    public static partial void BudgetHalved(this ILogger logger, CompanyId companyId, int tokens, int nextTokens);

    [LoggerMessage(6010, LogLevel.Warning, "{CompanyId}: {Step} was changed or taken over meanwhile; its outcome is dropped")]
    public static partial void WorkLost(this ILogger logger, CompanyId companyId, string step);
}
