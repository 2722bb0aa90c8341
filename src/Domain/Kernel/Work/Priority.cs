namespace Idp.Domain.Kernel.Work;

/// <summary>Which work goes first. Waiting work ages, so that nothing starves (see <see cref="Ageing"/>).</summary>
public enum Priority
{
    /// <summary>Loan packets: someone is waiting for them.</summary>
    High = 0,

    /// <summary>Everything else that was uploaded by itself.</summary>
    Normal = 1,

    /// <summary>Batches and background jobs.</summary>
    Low = 2,
}

/// <summary>How waiting raises priority.</summary>
public static class Ageing
{
    /// <summary>Waiting this long counts as much as one level of priority.</summary>
    public static readonly TimeSpan PerLevel = TimeSpan.FromMinutes(2);

    /// <summary>The moment by which work is ordered: the earliest goes first. A level of priority is worth <see cref="PerLevel"/> of waiting.</summary>
    public static DateTimeOffset OrderingTime(Priority priority, DateTimeOffset enqueuedAt) => enqueuedAt + ((int)priority * PerLevel);
}
