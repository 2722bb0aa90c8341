namespace Idp.Application.Kernel.Events;

/// <summary>How the feed of events behaves.</summary>
public sealed record EventFeedSettings
{
    /// <summary>Recent events kept in memory.</summary>
    public int WindowEvents { get; init; } = 4_096;

    /// <summary>Characters of recent events' data kept in memory.</summary>
    public int WindowCharacters { get; init; } = 4_000_000;

    /// <summary>Events that a listener is given at once, at most; 1 to 1,000.</summary>
    public int PageSize { get; init; } = 256;

    /// <summary>The rest between two looks at the log, so that what happens in quick succession wakes each listener once.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a log that cannot be read is left alone.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
