using System.Collections.Concurrent;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Kernel.Work.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Kernel;

/// <summary>One node's part in the distribution of work, and a worker loop where it is asked for.</summary>
internal sealed class RabbitTestNode : IAsyncDisposable
{
    private static int _nodes;

    private readonly PostgresDatabase _database;
    private readonly WorkSignal _signal;
    private readonly WorkInvitations _invitations;
    private readonly RabbitWorkFeed _feed;
    private readonly TimeProvider _clock;
    private readonly WorkerLoopSettings _settings = new(2) { Lease = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <param name="database">Where the table of work items is.</param>
    /// <param name="queue">Where the broker is.</param>
    /// <param name="clock">The clock; the system's unless a test moves it.</param>
    /// <param name="lookInterval">How long the node waits before it looks without being invited; longer than any test unless given.</param>
    /// <param name="process">Which process the node is taken for; another for each unless given.</param>
    public RabbitTestNode(string database, QueueOptions queue, TimeProvider? clock = null, TimeSpan? lookInterval = null, ProcessIdentity? process = null)
    {
        _clock = clock ?? TimeProvider.System;
        _database = new PostgresDatabase(new DatabaseOptions { Provider = "postgresql", ConnectionString = database }, _clock);
        _signal = new WorkSignal(_clock, mostKept: 1);
        _invitations = new WorkInvitations(_clock, lookInterval ?? TimeSpan.FromHours(1));
        Outbox = new WorkOutbox(_database, _clock);
        var node = process ?? new ProcessIdentity("another", Interlocked.Increment(ref _nodes), 1);
        _feed = new RabbitWorkFeed(queue, Outbox, _invitations, _settings, _signal, node, _clock, NullLogger<RabbitWorkFeed>.Instance);
        Queue = new RabbitWorkQueue(new PostgresWorkQueue(_database, node, _signal, _clock), Outbox, _invitations);
    }

    public RabbitWorkQueue Queue { get; }

    public WorkOutbox Outbox { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Connects; without it, the node only knows the table.</summary>
    public Task ConnectAsync() => _feed.PrepareAsync(Ct);

    /// <summary>Takes work and does it, until the node ends.</summary>
    public void Work(Func<WorkItem, Task> work) => _running = new WorkerLoop(
        Queue, [new Handler(work)], new RunningWork(), _settings, _clock, NullLogger<WorkerLoop>.Instance).RunAsync(_stopping.Token);

    /// <summary>Takes work and completes it.</summary>
    /// <returns>The subjects that were done, while it goes on.</returns>
    public ConcurrentQueue<string> WorkAndComplete()
    {
        var done = new ConcurrentQueue<string>();
        Work(async item =>
        {
            await Queue.CompleteAsync(item.Id, Ct);
            done.Enqueue(item.Subject);
        });
        return done;
    }

    /// <summary>Adds an item as a repository does: commits, then wakes this node.</summary>
    public async Task AddAsync(WorkItem item)
    {
        await _database.TryCommitAsync(
            async transaction =>
            {
                await WorkItemRows.AddAsync(transaction, item);
                return true;
            },
            Ct);
        _signal.Raise();
    }

    /// <summary>Adds items of several subjects.</summary>
    public async Task AddAsync(params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            await AddAsync(subject, Priority.Normal);
        }
    }

    public Task AddAsync(string subject, Priority priority)
    {
        var now = _clock.GetUtcNow();
        return AddAsync(new WorkItem(StrongId.New<WorkItemId>(_clock), subject, "ocr_extraction", priority, now, now, 0));
    }

    /// <summary>Loses the connection and the process without giving anything back.</summary>
    public async Task VanishAsync() => await _feed.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _feed.DisposeAsync();
        _invitations.Dispose();
        _signal.Dispose();
        await _database.DisposeAsync();
        _stopping.Dispose();
    }

    private sealed class Handler(Func<WorkItem, Task> work) : IWorkHandler
    {
        public bool Handles(WorkItem item) => true;

        public Task HandleAsync(WorkItem item, CancellationToken ct) => work(item);
    }
}
