using System.Text.Json;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Research.Sql;

/// <summary>A company as the table holds it: types that both databases have, in the order of <see cref="Columns"/>.</summary>
internal sealed record CompanyRow(
    string Id, string JobId, long FileRow, string Name, string? Country, string Status, string? Tier, long Score, string? Classification, string? Findings, string? Problem,
    long Attempts, long SearchCredits, string UpdatedAt, long Version)
{
    /// <summary>What a company has.</summary>
    public const string Columns = """
        id AS Id, job_id AS JobId, file_row AS FileRow, name AS Name, country AS Country, status AS Status, tier AS Tier, score AS Score, classification AS Classification,
        findings AS Findings, problem AS Problem, attempts AS Attempts, search_credits AS SearchCredits, updated_at AS UpdatedAt, version AS Version
        """;

    /// <summary>Finds a company.</summary>
    public const string FindById = $"SELECT {Columns} FROM research_companies WHERE id = @Id";

    /// <summary>Adds a company.</summary>
    public const string Insert = """
        INSERT INTO research_companies (
            id, job_id, file_row, name, country, status, tier, score, classification, findings, problem, attempts, search_credits, updated_at, version)
        VALUES (
            @Id, @JobId, @FileRow, @Name, @Country, @Status, @Tier, @Score, @Classification, @Findings, @Problem, @Attempts, @SearchCredits, @UpdatedAt, @Version)
        """;

    /// <summary>Replaces a company of the version that was read by one of the next version; whose it is and what it is called never changes.</summary>
    public const string Update = """
        UPDATE research_companies SET
            status = @Status, tier = @Tier, score = @Score, classification = @Classification, findings = @Findings, problem = @Problem, attempts = @Attempts,
            search_credits = @SearchCredits, updated_at = @UpdatedAt, version = @Version + 1
        WHERE id = @Id AND version = @Version
        """;

    /// <summary>Cancels the companies of a job that have not ended.</summary>
    public const string CancelOpen = """
        UPDATE research_companies SET status = 'cancelled', updated_at = @Now, version = version + 1
        WHERE job_id = @JobId AND status IN ('queued', 'searched')
        RETURNING id
        """;

    /// <summary>Drops the work of the companies of a job that were cancelled, whoever holds it.</summary>
    public const string DropCancelledWork = """
        DELETE FROM work_items WHERE subject IN (SELECT id FROM research_companies WHERE job_id = @JobId AND status = 'cancelled')
        """;

    /// <summary>Drops the work of a job that nobody has in hand.</summary>
    public const string DropWaitingWork = """
        DELETE FROM work_items
        WHERE (lease_until IS NULL OR lease_until <= @Now)
            AND subject IN (SELECT id FROM research_companies WHERE job_id = @JobId AND (status = 'queued' OR (status = 'searched' AND @StopsAnalyses = 1)))
        """;

    /// <summary>Fails the companies of a job that have not ended, and of which no work is left.</summary>
    public const string FailWithoutWork = """
        UPDATE research_companies SET status = 'failed', problem = @Problem, updated_at = @Now, version = version + 1
        WHERE job_id = @JobId AND status IN ('queued', 'searched') AND NOT EXISTS (SELECT 1 FROM work_items WHERE subject = research_companies.id)
        """;

    /// <summary>Puts the failed companies of a job back to the start.</summary>
    public const string RequeueFailed = $"""
        UPDATE research_companies SET status = 'queued', problem = NULL, attempts = attempts + 1, updated_at = @Now, version = version + 1
        WHERE job_id = @JobId AND status = 'failed'
        RETURNING {Columns}
        """;

    /// <summary>The row of a company.</summary>
    public static CompanyRow Of(Company company) => new(
        company.Id.ToString(),
        company.JobId.ToString(),
        company.Row,
        company.Name,
        company.Country,
        EnumText<CompanyStatus>.Of(company.Status),
        company.Findings?.Tier,
        company.Findings?.Score ?? -1,
        company.Findings?.Classification,
        company.Findings is null ? null : JsonSerializer.Serialize(company.Findings, ResearchJson.Default.CompanyFindings),
        ProblemText(company.Problem),
        company.Attempts,
        company.SearchCredits,
        TimeText.Of(company.UpdatedAt),
        company.Version);

    /// <summary>A problem as the column holds it.</summary>
    public static string? ProblemText(Error? problem) => problem is null ? null : JsonSerializer.Serialize(problem, ResearchJson.Default.Error);

    /// <summary>Lists companies by score.</summary>
    public static string ListOf(CompanyQuery query) =>
        $"SELECT {Columns} FROM research_companies WHERE job_id = @JobId"
        + (query.Tier is null ? "" : " AND tier = @Tier")
        + (query.After is null ? "" : " AND (score < @Score OR (score = @Score AND file_row > @FileRow))")
        + " ORDER BY score DESC, file_row, id LIMIT @Limit";

    /// <summary>The parameters of <see cref="ListOf"/>.</summary>
    public static object ParametersOf(CompanyQuery query) => new
    {
        JobId = query.Job.ToString(),
        query.Tier,
        Score = (long)(query.After?.Score ?? 0),
        FileRow = (long)(query.After?.Row ?? 0),
        query.Limit,
    };

    /// <summary>The company of this row.</summary>
    public Company ToCompany() => new(
        StrongId.Parse<CompanyId>(Id),
        StrongId.Parse<JobId>(JobId),
        (int)FileRow,
        Name,
        Country,
        EnumText<CompanyStatus>.Parse(Status),
        Findings is null ? null : JsonSerializer.Deserialize(Findings, ResearchJson.Default.CompanyFindings),
        Problem is null ? null : JsonSerializer.Deserialize(Problem, ResearchJson.Default.Error),
        (int)Attempts,
        (int)SearchCredits,
        TimeText.Parse(UpdatedAt),
        Version);
}
