using Dapper;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Work.Postgres;

/// <summary>The table of work items that the nodes share. Leases are dated by the nodes' clocks, which must agree within a few seconds.</summary>
internal sealed class PostgresWorkQueue(PostgresDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock) : IWorkQueue
{
    // Claimers of the same moment pass over what another is about to take instead of waiting for it, but not over what a message is just being written about:
    // the reference from there locks the item's key only.
    private const string Claim = $"""
        WITH changed AS (
            UPDATE work_items SET lease_owner = @Owner, lease_until = @Due
            WHERE id = (
                SELECT work_items.id FROM work_items LEFT JOIN work_lanes ON work_lanes.lane = work_items.lane
                WHERE pool = @Pool AND available_at <= @Now AND (lease_until IS NULL OR lease_until <= @Now)
                ORDER BY
                    CASE WHEN work_items.order_at = '' THEN '' ELSE greatest(work_items.order_at, coalesce(work_lanes.order_at, '')) END,
                    work_items.order_at, work_items.id
                LIMIT 1
                FOR NO KEY UPDATE OF work_items SKIP LOCKED)
            RETURNING *),
        announced AS ({WorkItemRows.Announce})
        SELECT id AS Id, subject AS Subject, step AS Step, priority AS Priority,
            enqueued_at AS EnqueuedAt, available_at AS AvailableAt, attempts AS Attempts, lane AS Lane, pool AS Pool
        FROM changed
        """;

    private const string ServeLane = """
        INSERT INTO work_lanes (lane, order_at) VALUES (@Lane, @OrderAt) ON CONFLICT (lane) DO UPDATE SET order_at = excluded.order_at
        """;

    private const string DropEmptyLanes = "DELETE FROM work_lanes WHERE NOT EXISTS (SELECT 1 FROM work_items WHERE work_items.lane = work_lanes.lane)";

    // Of what was changed, not all is announced, so the outermost statement counts.
    private const string AnnounceAndCount = $"announced AS ({WorkItemRows.Announce}) SELECT count(*) FROM changed";

    private const string Renew = $"""
        WITH changed AS (UPDATE work_items SET lease_until = @Due WHERE id = @Id AND lease_owner = @Owner RETURNING id, pool),
        {AnnounceAndCount}
        """;

    private const string Release = $"""
        WITH changed AS (UPDATE work_items SET lease_owner = NULL, lease_until = NULL WHERE id = @Id AND lease_owner = @Owner RETURNING id, pool),
        {AnnounceAndCount}
        """;

    private const string Retry = $"""
        WITH changed AS (
            UPDATE work_items SET lease_owner = NULL, lease_until = NULL, attempts = attempts + 1, available_at = @Due
            WHERE id = @Id AND lease_owner = @Owner
            RETURNING id, pool),
        {AnnounceAndCount}
        """;

    private const string Delete = "WITH changed AS (DELETE FROM work_items WHERE id = @Id AND lease_owner = @Owner RETURNING id) SELECT count(*) FROM changed";

    private const string ListOwners = "SELECT DISTINCT lease_owner FROM work_items WHERE lease_owner IS NOT NULL";

    private const string Free = $"""
        WITH changed AS (UPDATE work_items SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ANY(@Owners) RETURNING id, pool),
        {AnnounceAndCount}
        """;

    private const string CountByPriority = """
        SELECT priority AS Priority, count(*) AS Total, count(CASE WHEN lease_until > @Now THEN 1 END) AS Running
        FROM work_items GROUP BY priority
        """;

    private readonly string _owner = node.ToString();

    /// <inheritdoc />
    public async Task<WorkItem?> ClaimAsync(string pool, TimeSpan lease, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        WorkItem? item = null;
        await database.TryCommitAsync(
            async transaction =>
            {
                var row = await transaction.FindAsync<Row>(Claim, new { Pool = pool, Owner = _owner, Now = TimeText.Of(now), Due = TimeText.Of(now + lease) });
                item = row?.ToItem();
                if (item?.Lane is { } lane)
                {
                    await transaction.ExecuteAsync(ServeLane, new { Lane = lane, OrderAt = TimeText.Of(Ageing.OrderingTime(item.Priority, now)) });
                }

                return item is not null;
            },
            ct);
        return item;
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(WorkItemId id, TimeSpan lease, CancellationToken ct) =>
        ChangeHeldAsync(Renew, new { Id = id.ToString(), Owner = _owner, Due = Moment(lease) }, frees: false, ct);

    /// <inheritdoc />
    public Task ReleaseAsync(WorkItemId id, CancellationToken ct) =>
        ChangeHeldAsync(Release, new { Id = id.ToString(), Owner = _owner, Due = Moment(TimeSpan.Zero) }, frees: true, ct);

    /// <inheritdoc />
    public Task RetryLaterAsync(WorkItemId id, TimeSpan delay, CancellationToken ct) =>
        ChangeHeldAsync(Retry, new { Id = id.ToString(), Owner = _owner, Due = Moment(delay) }, frees: true, ct);

    /// <inheritdoc />
    public Task CompleteAsync(WorkItemId id, CancellationToken ct) => ChangeHeldAsync(Delete, new { Id = id.ToString(), Owner = _owner }, frees: false, ct);

    /// <inheritdoc />
    public async Task<int> TakeOverFromDeadProcessesAsync(CancellationToken ct)
    {
        var freed = 0;
        await database.TryCommitAsync(
            async transaction =>
            {
                var owners = await transaction.QueryAsync<string>(ListOwners);
                var dead = owners.Where(static owner => ProcessIdentity.TryParse(owner, out var identity) && identity.IsKnownDead()).ToArray();
                freed = (int)await transaction.ScalarAsync<long>(Free, new { Owners = dead, Due = Moment(TimeSpan.Zero) });
                await transaction.ExecuteAsync(DropEmptyLanes);
                if (freed > 0)
                {
                    transaction.Tell(Notice.Work);
                }

                return true;
            },
            ct);
        for (var item = 0; item < freed; item++)
        {
            signal.Raise();
        }

        return freed;
    }

    /// <inheritdoc />
    public Task WaitForWorkAsync(string pool, TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(pool, atMost, ct);

    /// <inheritdoc />
    public async Task<ValueList<QueueDepth>> DepthsAsync(CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Count>(new CommandDefinition(CountByPriority, new { Now = TimeText.Of(clock.GetUtcNow()) }, cancellationToken: ct)), ct);
        var counts = rows.ToDictionary(static count => (Priority)count.Priority);
        return Enum.GetValues<Priority>()
            .Select(priority => counts.TryGetValue(priority, out var count)
                ? new QueueDepth(priority, (int)(count.Total - count.Running), (int)count.Running)
                : new QueueDepth(priority, 0, 0))
            .ToValueList();
    }

    private string Moment(TimeSpan fromNow) => TimeText.Of(clock.GetUtcNow() + fromNow);

    private async Task<bool> ChangeHeldAsync(string sql, object parameters, bool frees, CancellationToken ct)
    {
        var isChanged = await database.TryCommitAsync(
            async transaction =>
            {
                if (await transaction.ScalarAsync<long>(sql, parameters) == 0)
                {
                    return false;
                }

                if (frees)
                {
                    transaction.Tell(Notice.Work);
                }

                return true;
            },
            ct);
        if (isChanged && frees)
        {
            signal.Raise();
        }

        return isChanged;
    }

    private sealed record Row(
        string Id, string Subject, string Step, long Priority, string EnqueuedAt, string AvailableAt, long Attempts, string? Lane, string Pool)
    {
        public WorkItem ToItem() => new(
            StrongId.Parse<WorkItemId>(Id), Subject, Step, (Priority)Priority, TimeText.Parse(EnqueuedAt), TimeText.Parse(AvailableAt), (int)Attempts)
        {
            Lane = Lane,
            Pool = Pool,
        };
    }

    private sealed record Count(long Priority, long Total, long Running);
}
