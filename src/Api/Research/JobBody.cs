using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Kernel.Costs;
using Idp.Application.Research;
using Idp.Domain.Research;

namespace Idp.Api.Research;

/// <summary>One research job, as the contract prints it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Number">Its running number, the id of the replaced system.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Progress">How far it is, 0 to 100.</param>
/// <param name="Counts">How its companies stand.</param>
/// <param name="Tiers">Completed companies by tier, every tier of the rubric.</param>
/// <param name="Cost">What its companies cost so far.</param>
/// <param name="BudgetUsd">The most that they may cost together; null for no limit.</param>
/// <param name="FileName">The list's name; null for names that were sent by themselves.</param>
/// <param name="Rubric">What the companies are scored by.</param>
/// <param name="SubmittedBy">Who sent it, by their own word.</param>
/// <param name="Reports">Rows that were not taken in.</param>
/// <param name="Problems">What ended it before its time.</param>
/// <param name="EtaSeconds">Time left at the pace so far; null when nothing can be said yet or nothing is left.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="EndedAt">When its last company ended.</param>
internal sealed record JobBody(
    string Id, long Number, string Status, int Progress, JobCountsBody Counts, IReadOnlyDictionary<string, int> Tiers, ResearchCostBody Cost, string? BudgetUsd, string? FileName,
    string Rubric, string? SubmittedBy, IReadOnlyList<RowReportBody> Reports, IReadOnlyList<ProblemBody> Problems, int? EtaSeconds, string CreatedAt, string UpdatedAt,
    string? EndedAt)
{
    public static JobBody From(JobOverview overview, DateTimeOffset now)
    {
        var standing = overview.Standing;
        var job = standing.Job;
        return new JobBody(
            job.Id.ToString(), job.Number, job.Status.Print(), JobProgress.PercentOf(standing), JobCountsBody.From(standing.Counts),
            job.Rubric.Tiers.ToDictionary(
                static tier => tier.Name, tier => standing.Tiers.FirstOrDefault(count => count.Tier == tier.Name)?.Count ?? 0, StringComparer.Ordinal),
            ResearchCostBody.From(overview.Cost, standing.SearchCredits), overview.Cap?.Print(), job.FileName, job.Rubric.Name, job.SubmittedBy,
            [.. job.Reports.Select(static report => new RowReportBody(report.Row, report.Problem.Code, report.Problem.Message))],
            job.StoppedBy is null ? [] : [job.StoppedBy.ToBody($"/v1/research/{job.Id}", traceId: null)],
            SecondsOf(JobProgress.TimeLeft(standing, now)), job.CreatedAt.Print(), job.UpdatedAt.Print(), job.EndedAt?.Print());
    }

    private static int? SecondsOf(TimeSpan? time) => time is { } left ? (int)Math.Min(Math.Ceiling(left.TotalSeconds), int.MaxValue) : null;
}

/// <summary>How the companies of a job stand.</summary>
internal sealed record JobCountsBody(int Total, int Queued, int Searched, int Completed, int Failed, int Cancelled)
{
    public static JobCountsBody From(JobCounts counts) => new(counts.Total, counts.Queued, counts.Searched, counts.Completed, counts.Failed, counts.Cancelled);
}

/// <summary>A row of the list that was not taken in.</summary>
/// <param name="Row">Its number, from 1; the header is not counted.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Detail">Why, for a person.</param>
internal sealed record RowReportBody(int Row, string Code, string Detail);

/// <summary>What research cost.</summary>
/// <param name="Amount">Decimal.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SearchCredits">Credits of the search provider.</param>
/// <param name="Tokens">Tokens of the model, sent and answered.</param>
/// <param name="Calls">Paid calls made, searches included.</param>
/// <param name="CallsSaved">Paid calls that caches made unnecessary.</param>
/// <param name="Estimated">True when part of the amount is an estimate.</param>
internal sealed record ResearchCostBody(string Amount, string Currency, int SearchCredits, long Tokens, int Calls, int CallsSaved, bool Estimated)
{
    public static ResearchCostBody From(CostSummary cost, int credits) =>
        new(cost.Amount.ToString(), "USD", credits, cost.InputTokens + cost.OutputTokens, cost.Calls, cost.CallsSaved, cost.Estimated);
}

/// <summary>One page of the list of jobs.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
internal sealed record JobListBody(IReadOnlyList<JobBody> Items, string? NextCursor);

/// <summary>Companies to research.</summary>
/// <param name="Companies">Their names.</param>
/// <param name="SubmittedBy">Who sends them.</param>
/// <param name="Rubric">What they are scored by; the built-in rubric when absent.</param>
/// <param name="BudgetUsd">The most that all may cost together: a decimal string or a number; no limit when absent.</param>
internal sealed record ResearchRequestBody(IReadOnlyList<string?>? Companies, string? SubmittedBy, string? Rubric, System.Text.Json.JsonElement BudgetUsd);

/// <summary>Says in OpenAPI what the upload reads.</summary>
/// <param name="File">A list of companies: CSV with a column <c>company</c>, <c>company_name</c> or <c>name</c>.</param>
/// <param name="SubmittedBy">Who sends it.</param>
/// <param name="Rubric">What the companies are scored by.</param>
/// <param name="BudgetUsd">The most that all may cost together, in US dollars.</param>
internal sealed record ResearchUploadForm(byte[] File, string? SubmittedBy, string? Rubric, string? BudgetUsd);
