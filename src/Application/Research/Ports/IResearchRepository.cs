using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;

namespace Idp.Application.Research.Ports;

/// <summary>A company with the work that begins its way.</summary>
/// <param name="Company">The company.</param>
/// <param name="FirstWork">Its first step.</param>
public sealed record CompanyArrival(Company Company, WorkItem FirstWork);

/// <summary>How many completed companies are of a tier.</summary>
/// <param name="Tier">The tier's name.</param>
/// <param name="Count">How many.</param>
public sealed record TierCount(string Tier, int Count);

/// <summary>A job with what is counted over its companies.</summary>
/// <param name="Job">The job.</param>
/// <param name="Counts">How its companies stand.</param>
/// <param name="Tiers">Completed companies by tier; tiers without any are missing.</param>
/// <param name="SearchCredits">Credits that their searches cost.</param>
public sealed record JobStanding(ResearchJob Job, JobCounts Counts, ValueList<TierCount> Tiers, int SearchCredits);

/// <summary>A company and the job that it is of.</summary>
/// <param name="Job">The job.</param>
/// <param name="Company">The company.</param>
public sealed record CompanyAtWork(ResearchJob Job, Company Company);

/// <summary>A change of a company with everything that must become true together with it.</summary>
/// <param name="Company">The new value, still with the version that was read.</param>
/// <param name="FinishedWork">Work that this change finishes; the change fails when this node no longer holds its lease.</param>
public sealed record CompanyChange(Company Company, WorkItemId FinishedWork)
{
    /// <summary>Work to enqueue.</summary>
    public WorkItem? NextWork { get; init; }
}

/// <summary>Where a page of companies begins: after the company of this score and row.</summary>
/// <param name="Score">Its score; -1 for one without.</param>
/// <param name="Row">Its row.</param>
public sealed record CompanyCursor(int Score, int Row);

/// <summary>Which companies to list.</summary>
/// <param name="Job">Of this job.</param>
/// <param name="Tier">Only of this tier.</param>
/// <param name="After">Only after this one.</param>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
public sealed record CompanyQuery(JobId Job, string? Tier, CompanyCursor? After, int Limit)
{
    /// <summary>One more than the largest page of the list, because one more tells whether there is a next page.</summary>
    public const int MaximumLimit = 501;
}

/// <summary>Makes the events of a change out of what it led to.</summary>
/// <param name="standing">The job after the change.</param>
/// <param name="hasEndedNow">True when the job ended with it.</param>
/// <returns>What to append to the event log.</returns>
public delegate ValueList<NewEvent> JobEventMaker(JobStanding standing, bool hasEndedNow);

/// <summary>
/// Keeps jobs and companies. Each write is one transaction with the work and events that belong to it. A job's status follows from its companies: whatever ends a company settles its
/// job (<see cref="ResearchJob.With"/>) in the same transaction, and of several nodes that end the last companies at the same moment one ends the job.
/// </summary>
/// <remarks>Adapters: SQLite, PostgreSQL. Each passes <c>ResearchRepositoryContract</c>. Safe to call concurrently.</remarks>
public interface IResearchRepository
{
    /// <summary>Stores a new job with its companies and their work, all or nothing.</summary>
    /// <returns>The job with its number.</returns>
    Task<ResearchJob> AddAsync(ResearchJob job, ValueList<CompanyArrival> companies, CancellationToken ct);

    /// <summary>The job, or null.</summary>
    Task<JobStanding?> FindAsync(JobId id, CancellationToken ct);

    /// <summary>The job of a number, or null.</summary>
    Task<JobId?> FindByNumberAsync(long number, CancellationToken ct);

    /// <summary>Jobs, newest first.</summary>
    /// <param name="before">Only older than this job: the cursor.</param>
    /// <param name="limit">How many at most, 1 to 201.</param>
    /// <param name="ct">Cancels.</param>
    Task<ValueList<JobStanding>> ListAsync(JobId? before, int limit, CancellationToken ct);

    /// <summary>A company with its job; null when there is none.</summary>
    Task<CompanyAtWork?> FindCompanyAsync(CompanyId id, CancellationToken ct);

    /// <summary>Companies by score, best first; those without one last, in the order of their rows.</summary>
    Task<ValueList<Company>> ListCompaniesAsync(CompanyQuery query, CancellationToken ct);

    /// <summary>Stores a company that goes on or has ended.</summary>
    /// <returns>False when it was changed meanwhile, or its work is no longer this node's; then nothing happened.</returns>
    Task<bool> SaveAsync(CompanyChange change, JobEventMaker events, CancellationToken ct);

    /// <summary>Cancels every company that has not ended, and drops their work.</summary>
    /// <returns>The companies that were cancelled; null when there is no such job.</returns>
    Task<ValueList<CompanyId>?> CancelAsync(JobId id, JobEventMaker events, CancellationToken ct);

    /// <summary>
    /// Fails the companies whose work nobody has in hand, because going on is useless; those at work end by themselves. The job remembers the problem that came first.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="problem">Why.</param>
    /// <param name="stopsAnalyses">False to let companies go on whose search is done.</param>
    /// <param name="events">Makes the events.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many failed.</returns>
    Task<int> StopAsync(JobId id, Error problem, bool stopsAnalyses, JobEventMaker events, CancellationToken ct);

    /// <summary>Runs the failed companies of a job once more (<see cref="Company.Again"/>).</summary>
    /// <param name="id">The job.</param>
    /// <param name="workFor">Makes the first work of a company.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many run again.</returns>
    Task<int> RetryFailedAsync(JobId id, Func<Company, WorkItem> workFor, CancellationToken ct);
}
