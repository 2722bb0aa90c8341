using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Sql.Sqlite;

/// <summary>Which writes go first.</summary>
internal enum WriteRank
{
    /// <summary>Something is lost that was paid for if the process dies before it, or money is spent until it is done.</summary>
    Urgent,

    /// <summary>Everything else.</summary>
    Ordinary,
}

/// <summary>
/// Lets the writers of this process write one after the other. Those who came while another wrote share one transaction and so one wait for the disk; each stands
/// or falls by itself in it, and none hears of its success before the disk has it.
/// </summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever fails is thrown where the writer waits.")]
internal sealed class WriteQueue(Func<Task<PooledConnection>> openAsync)
{
    /// <summary>Bounds how long the first of a group waits for the others.</summary>
    private const int MostInGroup = 64;

    private readonly Lock _lock = new();
    private readonly Queue<PendingWrite>[] _waiting = [new(), new()];
    private bool _isRunning;

    /// <summary>Runs work in a transaction: kept when it answers true, undone when it answers false or throws.</summary>
    /// <returns>What the work answered; when it is true, the work is on the disk.</returns>
    public Task<bool> RunAsync(Func<SqliteTransaction, Task<bool>> work, WriteRank rank, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(ct);
        }

        var write = new PendingWrite(work, ct);
        lock (_lock)
        {
            _waiting[(int)rank].Enqueue(write);
            if (_isRunning)
            {
                return write.Done;
            }

            _isRunning = true;
        }

        // Here and now: SQLite blocks its thread anyway, and another thread might have to be waited for.
        _ = RunGroupAsync();
        return write.Done;
    }

    private async Task RunGroupAsync()
    {
        var group = TakeGroup();
        var failure = await CommitAsync(group);
        bool isMore;
        lock (_lock)
        {
            isMore = _isRunning = Array.Exists(_waiting, static writes => writes.Count > 0);
        }

        if (isMore)
        {
            // Not here: this thread is that of a writer who wants to go on.
            ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunGroupAsync(), this, preferLocal: false);
        }

        group.ForEach(write => write.Tell(failure));
    }

    private List<PendingWrite> TakeGroup()
    {
        var group = new List<PendingWrite>();
        lock (_lock)
        {
            foreach (var writes in _waiting)
            {
                while (group.Count < MostInGroup && writes.TryDequeue(out var write))
                {
                    group.Add(write);
                }
            }
        }

        return group;
    }

    /// <summary>Runs a group and commits what is to be kept of it.</summary>
    /// <returns>Why nothing was kept although it should have been; null when all is as the works say.</returns>
    private async Task<Exception?> CommitAsync(List<PendingWrite> group)
    {
        try
        {
            await using var connection = await openAsync();

            // BEGIN IMMEDIATE: a transaction that began by reading could not be sure to get the write lock later.
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(CancellationToken.None);
            foreach (var write in group)
            {
                await write.RunAsync(transaction, isAlone: group.Count == 1);
            }

            if (group.Exists(static write => write.IsKept))
            {
                await transaction.CommitAsync(CancellationToken.None);
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>One work and what became of it.</summary>
    private sealed class PendingWrite(Func<SqliteTransaction, Task<bool>> work, CancellationToken ct)
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _ownFailure;

        public Task<bool> Done => _done.Task;

        public bool IsKept { get; private set; }

        /// <summary>Runs the work; undoes it by itself where others share its transaction.</summary>
        public async Task RunAsync(SqliteTransaction transaction, bool isAlone)
        {
            var connection = transaction.Connection!;
            await (isAlone ? Task.CompletedTask : connection.ExecuteAsync("SAVEPOINT work"));
            try
            {
                ct.ThrowIfCancellationRequested();
                IsKept = await work(transaction);
            }
            catch (Exception exception)
            {
                _ownFailure = exception;
            }

            if (!isAlone)
            {
                // A failure may have ended the whole transaction; then this fails too, and with it the group.
                await connection.ExecuteAsync(IsKept ? "RELEASE work" : "ROLLBACK TO work; RELEASE work");
            }
        }

        /// <summary>Ends the wait of the one who asked for the work.</summary>
        public void Tell(Exception? groupFailure)
        {
            switch (_ownFailure ?? groupFailure)
            {
                case null:
                    _done.SetResult(IsKept);
                    break;
                case OperationCanceledException cancelled:
                    _done.SetCanceled(cancelled.CancellationToken);
                    break;
                case { } exception:
                    _done.SetException(exception);
                    break;
            }
        }
    }
}
