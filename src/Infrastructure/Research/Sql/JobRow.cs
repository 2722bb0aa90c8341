using System.Globalization;
using System.Text.Json;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Research.Sql;

/// <summary>A job as the table holds it: types that both databases have, in the order of <see cref="Select"/>.</summary>
internal sealed record JobRow(
    long Number, string Id, string? FileName, string? SubmittedBy, string Rubric, string? BudgetUsd, string Reports, string Status, string? StoppedBy, long IsCancelRequested,
    string CreatedAt, string UpdatedAt, string? EndedAt)
{
    /// <summary>Reads whole jobs; a WHERE clause follows.</summary>
    public const string Select = """
        SELECT number AS Number, id AS Id, file_name AS FileName, submitted_by AS SubmittedBy, rubric AS Rubric, budget_usd AS BudgetUsd, reports AS Reports, status AS Status,
            stopped_by AS StoppedBy, is_cancel_requested AS IsCancelRequested, created_at AS CreatedAt, updated_at AS UpdatedAt, ended_at AS EndedAt
        FROM research_jobs
        """;

    /// <summary>Finds a job.</summary>
    public const string FindById = Select + " WHERE id = @Id";

    /// <summary>Finds the id of a number.</summary>
    public const string FindByNumber = "SELECT id FROM research_jobs WHERE number = @Number";

    /// <summary>Adds a job and returns its number.</summary>
    public const string Insert = """
        INSERT INTO research_jobs (
            id, file_name, submitted_by, rubric, budget_usd, reports, status, stopped_by, is_cancel_requested, created_at, updated_at, ended_at)
        VALUES (
            @Id, @FileName, @SubmittedBy, @Rubric, @BudgetUsd, @Reports, @Status, @StoppedBy, @IsCancelRequested, @CreatedAt, @UpdatedAt, @EndedAt)
        RETURNING number
        """;

    /// <summary>Stores what changes of a job; how it was sent never does.</summary>
    public const string Update = """
        UPDATE research_jobs SET
            status = @Status, stopped_by = @StoppedBy, is_cancel_requested = @IsCancelRequested, updated_at = @UpdatedAt, ended_at = @EndedAt
        WHERE id = @Id
        """;

    /// <summary>The row of a job.</summary>
    public static JobRow Of(ResearchJob job) => new(
        job.Number,
        job.Id.ToString(),
        job.FileName,
        job.SubmittedBy,
        JsonSerializer.Serialize(job.Rubric, ResearchJson.Default.Rubric),
        job.BudgetUsd?.ToString(CultureInfo.InvariantCulture),
        JsonSerializer.Serialize(job.Reports, ResearchJson.Default.ValueListRowReport),
        EnumText<JobStatus>.Of(job.Status),
        job.StoppedBy is null ? null : JsonSerializer.Serialize(job.StoppedBy, ResearchJson.Default.Error),
        job.IsCancelRequested ? 1 : 0,
        TimeText.Of(job.CreatedAt),
        TimeText.Of(job.UpdatedAt),
        job.EndedAt is { } ended ? TimeText.Of(ended) : null);

    /// <summary>The job of this row.</summary>
    public ResearchJob ToJob() => new(
        StrongId.Parse<JobId>(Id),
        Number,
        FileName,
        SubmittedBy,
        JsonSerializer.Deserialize(Rubric, ResearchJson.Default.Rubric)!,
        BudgetUsd is null ? null : decimal.Parse(BudgetUsd, NumberStyles.Number, CultureInfo.InvariantCulture),
        JsonSerializer.Deserialize(Reports, ResearchJson.Default.ValueListRowReport)!,
        EnumText<JobStatus>.Parse(Status),
        StoppedBy is null ? null : JsonSerializer.Deserialize(StoppedBy, ResearchJson.Default.Error),
        IsCancelRequested != 0,
        TimeText.Parse(CreatedAt),
        TimeText.Parse(UpdatedAt),
        EndedAt is null ? null : TimeText.Parse(EndedAt));
}

/// <summary>How many companies of a job have a status and tier; set by name, because SQLite names no types for what it computes.</summary>
internal sealed record CountRow
{
    /// <summary>Counts the companies of a job.</summary>
    public const string Select = """
        SELECT status AS Status, tier AS Tier, CAST(count(*) AS BIGINT) AS Companies, CAST(coalesce(sum(search_credits), 0) AS BIGINT) AS Credits
        FROM research_companies WHERE job_id = @JobId GROUP BY status, tier
        """;

    public string Status { get; init; } = string.Empty;

    public string? Tier { get; init; }

    public long Companies { get; init; }

    public long Credits { get; init; }

    /// <summary>A job with what these rows count.</summary>
    public static JobStanding StandingOf(ResearchJob job, IEnumerable<CountRow> counted)
    {
        var rows = counted.ToList();
        return new JobStanding(
            job,
            new JobCounts(
                (int)rows.Sum(static row => row.Companies), Of(CompanyStatus.Queued), Of(CompanyStatus.Searched), Of(CompanyStatus.Completed), Of(CompanyStatus.Failed),
                Of(CompanyStatus.Cancelled)),
            rows.Where(static row => row.Tier is not null).OrderBy(row => TierPlace(job, row.Tier!))
                .Select(static row => new TierCount(row.Tier!, (int)row.Companies)).ToValueList(),
            (int)rows.Sum(static row => row.Credits));

        int Of(CompanyStatus status)
        {
            var text = EnumText<CompanyStatus>.Of(status);
            return (int)rows.Where(row => row.Status == text).Sum(static row => row.Companies);
        }
    }

    private static int TierPlace(ResearchJob job, string tier) => job.Rubric.Tiers.Count(known => known.Name != tier && known.From > job.Rubric.Tiers.First(own => own.Name == tier).From);
}
