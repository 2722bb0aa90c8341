using Idp.Api.Research;

namespace Idp.Api.Compatibility;

/// <summary>A job in the replaced system's words.</summary>
/// <param name="Id">Its number.</param>
/// <param name="JobId">Its id here.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Progress">How far it is, 0 to 100.</param>
/// <param name="SubmittedBy">Who sent it.</param>
/// <param name="TotalCompanies">Companies of the job.</param>
/// <param name="CompletedCompanies">Those with a result.</param>
/// <param name="FailedCompanies">Those without.</param>
/// <param name="TotalCost">What it cost, in US dollars.</param>
/// <param name="Cost">The same with its parts.</param>
/// <param name="Tiers">Completed companies by tier.</param>
/// <param name="EtaSeconds">Time left.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Results">Its companies, best first; null where only the progress was asked for.</param>
internal sealed record NumberedJobBody(
    long Id, string JobId, string Status, int Progress, string? SubmittedBy, int TotalCompanies, int CompletedCompanies, int FailedCompanies, string TotalCost, ResearchCostBody Cost,
    IReadOnlyDictionary<string, int> Tiers, int? EtaSeconds, string CreatedAt, string? CompletedAt, IReadOnlyList<CompanyBody>? Results)
{
    public static NumberedJobBody From(JobBody job, IReadOnlyList<CompanyBody>? results) => new(
        job.Number, job.Id, job.Status, job.Progress, job.SubmittedBy, job.Counts.Total, job.Counts.Completed, job.Counts.Failed, job.Cost.Amount, job.Cost, job.Tiers,
        job.EtaSeconds, job.CreatedAt, job.EndedAt, results);
}
