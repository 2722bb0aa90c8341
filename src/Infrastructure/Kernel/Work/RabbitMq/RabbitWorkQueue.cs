using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>
/// The table of work items, before which a broker tells the nodes when to look. What a node takes is decided by the table alone, so that leases, order and lanes
/// are those of <see cref="PostgresWorkQueue"/>; an invitation is answered when the work that it led to is over. Only documents' work is invited to: work of other pools waits for
/// providers, not for nodes, and is taken from the table, which tells of it by its notices.
/// </summary>
internal sealed class RabbitWorkQueue(PostgresWorkQueue table, WorkOutbox outbox, WorkInvitations invitations) : IWorkQueue
{
    /// <inheritdoc />
    public async Task<WorkItem?> ClaimAsync(string pool, TimeSpan lease, CancellationToken ct)
    {
        if (pool != WorkPools.Documents)
        {
            return await table.ClaimAsync(pool, lease, ct);
        }

        if (!invitations.TryTake(out var invitation))
        {
            return null;
        }

        if (invitation is null)
        {
            return await table.ClaimAsync(pool, lease, ct);
        }

        var isUsed = false;
        try
        {
            var item = await table.ClaimAsync(pool, lease, ct);
            if (item is not null)
            {
                invitations.Accept(item.Id, invitation);
                isUsed = true;
            }
            else if (!await outbox.IsAnyAvailableAsync(ct))
            {
                await invitation.AcknowledgeAsync();
                isUsed = true;
            }

            return item;
        }
        finally
        {
            if (!isUsed)
            {
                invitations.PutBack(invitation);
            }
        }
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(WorkItemId id, TimeSpan lease, CancellationToken ct) => table.RenewAsync(id, lease, ct);

    /// <inheritdoc />
    public Task ReleaseAsync(WorkItemId id, CancellationToken ct) => table.ReleaseAsync(id, ct);

    /// <inheritdoc />
    public Task RetryLaterAsync(WorkItemId id, TimeSpan delay, CancellationToken ct) => table.RetryLaterAsync(id, delay, ct);

    /// <inheritdoc />
    public Task CompleteAsync(WorkItemId id, CancellationToken ct) => table.CompleteAsync(id, ct);

    /// <inheritdoc />
    public Task LetGoAsync(WorkItemId id) => invitations.LetGo(id)?.AcknowledgeAsync() ?? Task.CompletedTask;

    /// <inheritdoc />
    public Task<int> TakeOverFromDeadProcessesAsync(CancellationToken ct) => table.TakeOverFromDeadProcessesAsync(ct);

    /// <inheritdoc />
    public Task WaitForWorkAsync(string pool, TimeSpan atMost, CancellationToken ct) =>
        pool == WorkPools.Documents ? invitations.WaitAsync(atMost, ct) : table.WaitForWorkAsync(pool, atMost, ct);

    /// <inheritdoc />
    public Task<ValueList<QueueDepth>> DepthsAsync(CancellationToken ct) => table.DepthsAsync(ct);
}
