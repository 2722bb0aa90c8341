using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Kernel.Work;

/// <summary>How much work waits or runs at one priority.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Waiting">Items that nobody holds.</param>
/// <param name="Running">Items under a lease.</param>
public sealed record QueueDepth(Priority Priority, int Waiting, int Running);

/// <summary>Durable work: who takes an item holds a lease on it until it is done, renewed or run out.</summary>
/// <remarks>
/// Items are added by the repositories, in the transaction that makes them necessary. Adapters: SQLite, PostgreSQL, and PostgreSQL with RabbitMQ before it. Each passes <c>WorkQueueContract</c>.
/// One adapter object speaks for one node: leases that it takes are this node's. Safe to call concurrently.
/// </remarks>
public interface IWorkQueue
{
    /// <summary>
    /// Takes the available item of a pool that goes first by <see cref="Ageing.OrderingTime"/> and by whose turn it is among lanes (<see cref="WorkItem.Lane"/>), never the same item for two callers; an
    /// item whose lease has run out is available again. Null when there is none, or when other nodes were told of what there is and this one was not.
    /// </summary>
    /// <param name="pool">Only of this pool (<see cref="WorkItem.Pool"/>).</param>
    /// <param name="lease">How long the lease lasts unless it is renewed.</param>
    /// <param name="ct">Cancels.</param>
    Task<WorkItem?> ClaimAsync(string pool, TimeSpan lease, CancellationToken ct);

    /// <summary>Extends this node's lease. False when it is lost: run out and taken by another, or the item is gone (cancelled, done).</summary>
    Task<bool> RenewAsync(WorkItemId id, TimeSpan lease, CancellationToken ct);

    /// <summary>Gives an item back untried, e.g. at shutdown. No effect without this node's lease.</summary>
    Task ReleaseAsync(WorkItemId id, CancellationToken ct);

    /// <summary>Gives an item back after a failure: one more attempt counted, not available before <paramref name="delay"/> has passed.</summary>
    Task RetryLaterAsync(WorkItemId id, TimeSpan delay, CancellationToken ct);

    /// <summary>Removes an item that this node holds and that needs nothing more. No effect without this node's lease.</summary>
    Task CompleteAsync(WorkItemId id, CancellationToken ct);

    /// <summary>
    /// Tells that this node has an item that it claimed out of its hands, however that came: done, given back, lost or cancelled. Called once for each claim; does not fail. Only for adapters that count what
    /// a node has in hand.
    /// </summary>
    Task LetGoAsync(WorkItemId id) => Task.CompletedTask;

    /// <summary>Frees the leases of processes on this machine that no longer live; called once at start. Returns how many.</summary>
    Task<int> TakeOverFromDeadProcessesAsync(CancellationToken ct);

    /// <summary>Waits until work of a pool may be available: a signal from this process, or <paramref name="atMost"/>.</summary>
    Task WaitForWorkAsync(string pool, TimeSpan atMost, CancellationToken ct);

    /// <summary>Depths by priority; all three are listed.</summary>
    Task<ValueList<QueueDepth>> DepthsAsync(CancellationToken ct);
}

/// <summary>The usual ways to ask a queue.</summary>
public static class WorkQueueCalls
{
    /// <summary>Takes an item of the documents' pool.</summary>
    public static Task<WorkItem?> ClaimAsync(this IWorkQueue queue, TimeSpan lease, CancellationToken ct) => queue.ClaimAsync(WorkPools.Documents, lease, ct);
}

/// <summary>Does work items of certain steps.</summary>
public interface IWorkHandler
{
    /// <summary>True when <see cref="HandleAsync"/> knows the item's step.</summary>
    bool Handles(WorkItem item);

    /// <summary>Does the item and settles it: commits its effect together with its removal, or gives it back. Exceptions are bugs or broken stores.</summary>
    Task HandleAsync(WorkItem item, CancellationToken ct);
}
