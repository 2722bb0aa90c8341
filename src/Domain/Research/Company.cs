using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>Where a company stands.</summary>
public enum CompanyStatus
{
    /// <summary>Waits for its search, or the search is under way.</summary>
    Queued,

    /// <summary>Searched; waits for its analysis, or that is under way.</summary>
    Searched,

    /// <summary>There is a result.</summary>
    Completed,

    /// <summary>There is none, and <see cref="Company.Problem"/> says why.</summary>
    Failed,

    /// <summary>Someone stopped the job first.</summary>
    Cancelled,
}

/// <summary>Why a company has its score.</summary>
/// <param name="Text">The reason.</param>
/// <param name="SourceUrl">Where it stands.</param>
/// <param name="Quote">The words of the source that say it.</param>
/// <param name="IsSupported">True when the source has these words.</param>
public sealed record Reason(string Text, string SourceUrl, string Quote, bool IsSupported);

/// <summary>A page that was found and sent to be read.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Relevance">How well it fits the question, 0 to 1, by the search provider's word.</param>
public sealed record FoundSource(string Url, string Title, double Relevance);

/// <summary>What was found out of a company.</summary>
/// <param name="Tier">Its class by the rubric.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Classification">What it is.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
/// <param name="Sources">The pages that were read, the most relevant first.</param>
/// <param name="Remarks">What a person should know of how the result came about.</param>
public sealed record CompanyFindings(
    string Tier, int Score, string Classification, ValueList<Reason> Reasons, ValueList<FoundSource> Sources, ValueList<string> Remarks);

/// <summary>One company of a job.</summary>
/// <param name="Id">The company; also who pays for its calls.</param>
/// <param name="JobId">Its job.</param>
/// <param name="Row">Its row in the list, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Country">Its country, where the list says it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Findings">What was found out; null until it completed.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
/// <param name="Attempts">How often it was run.</param>
/// <param name="SearchCredits">Credits that its search cost; 0 when an earlier one served.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Counts the stored changes; the store refuses to overwrite a version it does not expect.</param>
public sealed record Company(
    CompanyId Id,
    JobId JobId,
    int Row,
    string Name,
    string? Country,
    CompanyStatus Status,
    CompanyFindings? Findings,
    Error? Problem,
    int Attempts,
    int SearchCredits,
    DateTimeOffset UpdatedAt,
    long Version)
{
    /// <summary>True while there is something to do.</summary>
    public bool IsOpen => Status is CompanyStatus.Queued or CompanyStatus.Searched;

    /// <summary>A company of which nothing is done.</summary>
    public static Company Received(CompanyId id, JobId job, ListedCompany listed, DateTimeOffset at) =>
        new(id, job, listed.Row, listed.Name, listed.Country, CompanyStatus.Queued, null, null, Attempts: 1, SearchCredits: 0, at, 0);

    /// <summary>The search is done.</summary>
    /// <param name="credits">What it cost.</param>
    /// <param name="at">Now.</param>
    public Company WithSearch(int credits, DateTimeOffset at) => this with { Status = CompanyStatus.Searched, SearchCredits = credits, UpdatedAt = at };

    /// <summary>The analysis is done.</summary>
    public Company WithFindings(CompanyFindings findings, DateTimeOffset at) =>
        this with { Status = CompanyStatus.Completed, Findings = findings, Problem = null, UpdatedAt = at };

    /// <summary>A step gave up.</summary>
    public Company WithProblem(Error problem, DateTimeOffset at) => this with { Status = CompanyStatus.Failed, Problem = problem, UpdatedAt = at };

    /// <summary>Run once more from the start; a search that was paid is found in the cache.</summary>
    public Company Again(DateTimeOffset at) => this with { Status = CompanyStatus.Queued, Problem = null, Attempts = Attempts + 1, UpdatedAt = at };
}
