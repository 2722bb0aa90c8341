namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>How long a server that is away is tried again before the caller is told.</summary>
internal sealed record Patience
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly int _mostAttempts;
    private readonly TimeSpan _atMost;

    private Patience(int mostAttempts, TimeSpan atMost, bool repeatsCommits) =>
        (_mostAttempts, _atMost, RepeatsCommits) = (mostAttempts, atMost, repeatsCommits);

    /// <summary>Over the moment in which connections of the pool turn out to be dead, or transactions get in each other's way.</summary>
    public static Patience Short { get; } = new(4, TimeSpan.FromSeconds(5), repeatsCommits: false);

    /// <summary>For what must not be lost, such as a reply that was paid for.</summary>
    public static Patience UntilServerIsBack { get; } = new(int.MaxValue, TimeSpan.FromMinutes(10), repeatsCommits: true);

    /// <summary>True when what is done has no further effect the second time, so that it may be done again when nobody knows whether it was committed.</summary>
    public bool RepeatsCommits { get; }

    /// <summary>True when one more attempt is allowed after so many in so much time.</summary>
    public bool Allows(int attempts, TimeSpan elapsed) => attempts < _mostAttempts && elapsed < _atMost;

    /// <summary>The wait after an attempt, counted from 1.</summary>
    public static TimeSpan DelayAfter(int attempt) => attempt > 4 ? LongestDelay : FirstDelay * (1 << (attempt - 1));
}
