using Dapper;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Kernel.Work.Sqlite;

/// <summary>The table of work items, seen by one process; other processes may share the table.</summary>
internal sealed class SqliteWorkQueue(SqliteDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock) : IWorkQueue
{
    private const string Claim = """
        UPDATE work_items SET lease_owner = @Owner, lease_until = @Until
        WHERE id = (
            SELECT id FROM work_items LEFT JOIN work_lanes ON work_lanes.lane = work_items.lane
            WHERE pool = @Pool AND available_at <= @Now AND (lease_until IS NULL OR lease_until <= @Now)
            ORDER BY CASE WHEN work_items.order_at = '' THEN '' ELSE max(work_items.order_at, coalesce(work_lanes.order_at, '')) END,
                work_items.order_at, id
            LIMIT 1)
        RETURNING id AS Id, subject AS Subject, step AS Step, priority AS Priority,
            enqueued_at AS EnqueuedAt, available_at AS AvailableAt, attempts AS Attempts, lane AS Lane, pool AS Pool
        """;

    private const string ServeLane = """
        INSERT INTO work_lanes (lane, order_at) VALUES (@Lane, @OrderAt) ON CONFLICT (lane) DO UPDATE SET order_at = excluded.order_at
        """;

    private const string DropEmptyLanes = "DELETE FROM work_lanes WHERE lane NOT IN (SELECT lane FROM work_items WHERE lane IS NOT NULL)";

    private const string Renew = "UPDATE work_items SET lease_until = @Until WHERE id = @Id AND lease_owner = @Owner";

    private const string Release = "UPDATE work_items SET lease_owner = NULL, lease_until = NULL WHERE id = @Id AND lease_owner = @Owner";

    private const string Retry = """
        UPDATE work_items SET lease_owner = NULL, lease_until = NULL, attempts = attempts + 1, available_at = @AvailableAt
        WHERE id = @Id AND lease_owner = @Owner
        """;

    private const string Delete = "DELETE FROM work_items WHERE id = @Id AND lease_owner = @Owner";

    private const string ListOwners = "SELECT DISTINCT lease_owner FROM work_items WHERE lease_owner IS NOT NULL";

    private const string Free = "UPDATE work_items SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = @Owner";

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
                var row = await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                    Claim, new { Pool = pool, Owner = _owner, Now = TimeText.Of(now), Until = TimeText.Of(now + lease) }, transaction, cancellationToken: ct));
                item = row?.ToItem();
                if (item?.Lane is { } lane)
                {
                    await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                        ServeLane, new { Lane = lane, OrderAt = TimeText.Of(Ageing.OrderingTime(item.Priority, now)) }, transaction, cancellationToken: ct));
                }

                return item is not null;
            },
            ct);
        return item;
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(WorkItemId id, TimeSpan lease, CancellationToken ct) => ChangeHeldAsync(
        Renew, new { Id = id.ToString(), Owner = _owner, Until = TimeText.Of(clock.GetUtcNow() + lease) }, ct);

    /// <inheritdoc />
    public async Task ReleaseAsync(WorkItemId id, CancellationToken ct)
    {
        if (await ChangeHeldAsync(Release, new { Id = id.ToString(), Owner = _owner }, ct))
        {
            signal.Raise();
        }
    }

    /// <inheritdoc />
    public async Task RetryLaterAsync(WorkItemId id, TimeSpan delay, CancellationToken ct)
    {
        var availableAt = TimeText.Of(clock.GetUtcNow() + delay);
        if (await ChangeHeldAsync(Retry, new { Id = id.ToString(), Owner = _owner, AvailableAt = availableAt }, ct))
        {
            signal.Raise();
        }
    }

    /// <inheritdoc />
    public Task CompleteAsync(WorkItemId id, CancellationToken ct) =>
        ChangeHeldAsync(Delete, new { Id = id.ToString(), Owner = _owner }, ct);

    /// <inheritdoc />
    public async Task<int> TakeOverFromDeadProcessesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var owners = await connection.QueryAsync<string>(new CommandDefinition(ListOwners, cancellationToken: ct));
        var freed = 0;
        foreach (var owner in owners.Where(static owner => ProcessIdentity.TryParse(owner, out var identity) && identity.IsKnownDead()))
        {
            freed += await database.WriteAsync(
                writer => writer.ExecuteAsync(new CommandDefinition(Free, new { Owner = owner }, cancellationToken: ct)), ct);
        }

        await database.WriteAsync(writer => writer.ExecuteAsync(new CommandDefinition(DropEmptyLanes, cancellationToken: ct)), ct);
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
        await using var connection = await database.OpenAsync(ct);
        var counts = (await connection.QueryAsync<Count>(new CommandDefinition(
                CountByPriority, new { Now = TimeText.Of(clock.GetUtcNow()) }, cancellationToken: ct)))
            .ToDictionary(static count => (Priority)count.Priority);
        return Enum.GetValues<Priority>()
            .Select(priority => counts.TryGetValue(priority, out var count)
                ? new QueueDepth(priority, (int)(count.Total - count.Running), (int)count.Running)
                : new QueueDepth(priority, 0, 0))
            .ToValueList();
    }

    private Task<bool> ChangeHeldAsync(string sql, object parameters, CancellationToken ct) => database.WriteAsync(
        async connection => await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct)) > 0, ct);

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

    /// <summary>Set by name and not by constructor: without rows, SQLite names no types for a constructor to match.</summary>
    private sealed record Count
    {
        public long Priority { get; init; }

        public long Total { get; init; }

        public long Running { get; init; }
    }
}
