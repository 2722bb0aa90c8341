namespace Idp.Domain.Kernel.Work;

/// <summary>Identifies one piece of durable work.</summary>
/// <param name="Value">The raw value; time-ordered.</param>
public readonly record struct WorkItemId(Guid Value) : IStrongId<WorkItemId>
{
    /// <inheritdoc />
    public static string Prefix => "wrk";

    /// <inheritdoc />
    public static WorkItemId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}

/// <summary>One step to do, durable until it is done: one stage of one document, for instance.</summary>
/// <param name="Id">The item.</param>
/// <param name="Subject">What it is about, as a printed id, e.g. <c>doc_…</c>.</param>
/// <param name="Step">Which step, e.g. <c>ocr_extraction</c>; names the handler.</param>
/// <param name="Priority">Who goes first.</param>
/// <param name="EnqueuedAt">When the subject first began to wait; carried from stage to stage, so that age counts.</param>
/// <param name="AvailableAt">Not to be taken before this moment; later than <paramref name="EnqueuedAt"/> after a failed try.</param>
/// <param name="Attempts">How often it was tried and reported a failure. A node that dies in the middle does not count: that is not the work's fault.</param>
public sealed record WorkItem(
    WorkItemId Id, string Subject, string Step, Priority Priority, DateTimeOffset EnqueuedAt, DateTimeOffset AvailableAt, int Attempts)
{
    /// <summary>
    /// Work of one lane takes turns with other lanes and with single work: a lane that was served waits until nobody has waited longer. Null
    /// for work that goes by its own age, as all does once its subject was begun.
    /// </summary>
    public string? Lane { get; init; }

    /// <summary>Who takes it: each pool has workers of its own, so that kinds of work that wait for different things never wait for each other.</summary>
    public string Pool { get; init; } = WorkPools.Documents;
}
