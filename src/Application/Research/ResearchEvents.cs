using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Json;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Application.Research;

/// <summary>The data of <c>company_completed</c>, of a company that failed too.</summary>
internal sealed record CompanyEventData(
    string JobId, string CompanyId, int Row, string Company, CompanyStatus Status, string? Tier, int? Score, string? Classification, string? ProblemCode,
    int Progress, JobEventCounts Counts);

/// <summary>The data of <c>job_completed</c>.</summary>
internal sealed record JobEventData(string JobId, long Number, JobStatus Status, int Progress, JobEventCounts Counts);

/// <summary>How the companies of the job stand.</summary>
internal sealed record JobEventCounts(int Total, int Completed, int Failed, int Cancelled);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter)])]
[JsonSerializable(typeof(CompanyEventData))]
[JsonSerializable(typeof(JobEventData))]
internal sealed partial class ResearchEventJson : JsonSerializerContext;

/// <summary>Makes the events of the contract.</summary>
internal static class ResearchEvents
{
    /// <summary>The name of the event with which a job ends.</summary>
    public const string JobCompleted = "job_completed";

    /// <summary>What a company's end tells, and the job's where it ends with it.</summary>
    public static JobEventMaker OfCompany(Company company) => (standing, hasEndedNow) =>
    {
        var data = new CompanyEventData(
            company.JobId.ToString(), company.Id.ToString(), company.Row, company.Name, company.Status, company.Findings?.Tier, company.Findings?.Score,
            company.Findings?.Classification, company.Problem?.Code, JobProgress.PercentOf(standing), CountsOf(standing));
        var told = new NewEvent(company.Id.ToString(), "company_completed", JsonSerializer.Serialize(data, ResearchEventJson.Default.CompanyEventData))
        {
            Batch = company.JobId.ToString(),
        };
        return [told, .. OfJob(standing, hasEndedNow)];
    };

    /// <summary>What the end of a job tells; nothing while it goes on.</summary>
    public static ValueList<NewEvent> OfJob(JobStanding standing, bool hasEndedNow)
    {
        if (!hasEndedNow)
        {
            return [];
        }

        var job = standing.Job;
        var data = new JobEventData(job.Id.ToString(), job.Number, job.Status, JobProgress.PercentOf(standing), CountsOf(standing));
        return [new NewEvent(job.Id.ToString(), JobCompleted, JsonSerializer.Serialize(data, ResearchEventJson.Default.JobEventData))];
    }

    private static JobEventCounts CountsOf(JobStanding standing) =>
        new(standing.Counts.Total, standing.Counts.Completed, standing.Counts.Failed, standing.Counts.Cancelled);
}

/// <summary>How far a job is.</summary>
public static class JobProgress
{
    /// <summary>Below this share a forecast would be a guess.</summary>
    private const double LeastForForecast = 0.02;

    /// <summary>0 to 100; 100 only when the job has ended.</summary>
    public static int PercentOf(JobStanding standing) => standing.Job.HasEnded ? 100 : Math.Min(99, (int)(standing.Counts.Share * 100));

    /// <summary>Forecasts the time left from the pace so far; null when nothing can be said yet or nothing is left.</summary>
    public static TimeSpan? TimeLeft(JobStanding standing, DateTimeOffset now) =>
        !standing.Job.HasEnded && standing.Counts.Share is >= LeastForForecast and < 1 and var share && now > standing.Job.CreatedAt
            ? (now - standing.Job.CreatedAt) * ((1 - share) / share)
            : null;
}
