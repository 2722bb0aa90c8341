using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Companies wait or are at work.</summary>
    Processing,

    /// <summary>Every company completed.</summary>
    Completed,

    /// <summary>Some companies have no result, or the budget ended the job.</summary>
    Partial,

    /// <summary>No company has a result.</summary>
    Failed,

    /// <summary>Someone stopped it.</summary>
    Cancelled,
}

/// <summary>How many companies of a job stand where.</summary>
/// <param name="Total">Companies of the job.</param>
/// <param name="Queued">Nothing is done yet, or the search is under way.</param>
/// <param name="Searched">Searched, and not analysed yet.</param>
/// <param name="Completed">With a result.</param>
/// <param name="Failed">Without a result.</param>
/// <param name="Cancelled">Stopped by someone.</param>
public sealed record JobCounts(int Total, int Queued, int Searched, int Completed, int Failed, int Cancelled)
{
    /// <summary>Companies that have not ended.</summary>
    public int Open => Queued + Searched;

    /// <summary>The part of all steps that is done, 0 to 1.</summary>
    public double Share => Total == 0 ? 1 : (Total - Open + (Searched / 2.0)) / Total;
}

/// <summary>A row of a list that was not taken in.</summary>
/// <param name="Row">Its number, from 1; the header is not counted.</param>
/// <param name="Problem">Why.</param>
public sealed record RowReport(int Row, Error Problem);

/// <summary>Companies that were sent together, to be scored by one rubric. What it says of its companies follows from their counts alone: <see cref="With"/>.</summary>
/// <param name="Id">The job.</param>
/// <param name="Number">Its running number, the id of the replaced system; 0 before it is stored.</param>
/// <param name="FileName">The list's name; null for names that were sent by themselves.</param>
/// <param name="SubmittedBy">Who sent it, by their own word; null when they did not say.</param>
/// <param name="Rubric">What the companies are scored by, as it was when the job was received.</param>
/// <param name="BudgetUsd">The cap that the job was sent with, in US dollars; null for none.</param>
/// <param name="Reports">Rows that were not taken in.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StoppedBy">What ended it before its time; null for nothing.</param>
/// <param name="IsCancelRequested">True once someone stopped it, until companies of it are run again.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="EndedAt">When its last company ended; null while one is at work.</param>
public sealed record ResearchJob(
    JobId Id,
    long Number,
    string? FileName,
    string? SubmittedBy,
    Rubric Rubric,
    decimal? BudgetUsd,
    ValueList<RowReport> Reports,
    JobStatus Status,
    Error? StoppedBy,
    bool IsCancelRequested,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>True when nothing more happens unless someone asks.</summary>
    public bool HasEnded => Status != JobStatus.Processing;

    /// <summary>The job as its companies make it.</summary>
    /// <param name="counts">How they stand.</param>
    /// <param name="at">Now.</param>
    public ResearchJob With(JobCounts counts, DateTimeOffset at)
    {
        var status = StatusOf(counts);
        return this with { Status = status, UpdatedAt = at, EndedAt = status == JobStatus.Processing ? null : EndedAt ?? at };
    }

    /// <summary>The job once something made going on useless; what came first is kept.</summary>
    public ResearchJob Stopped(Error problem) => this with { StoppedBy = StoppedBy ?? problem };

    /// <summary>The job once someone stopped it.</summary>
    public ResearchJob Cancelled() => this with { IsCancelRequested = true };

    /// <summary>The job when companies of it are run again.</summary>
    public ResearchJob Reopened() => this with { StoppedBy = null, IsCancelRequested = false };

    private JobStatus StatusOf(JobCounts counts) => counts switch
    {
        { Open: > 0 } => JobStatus.Processing,
        { Cancelled: > 0 } when IsCancelRequested => JobStatus.Cancelled,
        _ when counts.Completed == counts.Total => JobStatus.Completed,
        _ when StoppedBy?.Kind == ErrorKind.BudgetExceeded => JobStatus.Partial,
        { Completed: 0 } => JobStatus.Failed,
        _ => JobStatus.Partial,
    };
}
