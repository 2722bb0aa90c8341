using System.Diagnostics.CodeAnalysis;
using Idp.Domain.Kernel.Work;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Work;

/// <summary>How the worker loop behaves.</summary>
/// <param name="MaxConcurrent">Items at work at the same time.</param>
public sealed record WorkerLoopSettings(int MaxConcurrent)
{
    /// <summary>Whose work is taken.</summary>
    public string Pool { get; init; } = WorkPools.Documents;

    /// <summary>How long a lease lasts; a node that dies gives its work up after this.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest sleep between two looks at the queue.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>Takes work from the queue and hands it to its handler, so much at a time, under a lease that is renewed until the work is settled.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The loop must outlive a bug in one handler and a store that is away for a while; each is logged.")]
public sealed class WorkerLoop(
    IWorkQueue queue, IEnumerable<IWorkHandler> handlers, RunningWork running, WorkerLoopSettings settings, TimeProvider clock, ILogger<WorkerLoop> logger)
{
    private readonly IWorkHandler[] _handlers = [.. handlers];
    private int _active;

    /// <summary>True while <see cref="RunAsync"/> takes work.</summary>
    public bool IsRunning => Volatile.Read(ref _active) > 0;

    /// <summary>Takes work until cancelled; work in hand is then given back untried.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _active);
        using var slots = new SemaphoreSlim(settings.MaxConcurrent, settings.MaxConcurrent);
        var inHand = new HashSet<Task>();
        try
        {
            var freed = await queue.TakeOverFromDeadProcessesAsync(ct);
            logger.LoopStarted(settings.Pool, settings.MaxConcurrent, freed);
            while (!ct.IsCancellationRequested)
            {
                await slots.WaitAsync(ct);
                var item = await ClaimAsync(ct);
                if (item is null)
                {
                    slots.Release();
                    await queue.WaitForWorkAsync(settings.Pool, settings.PollInterval, ct);
                }
                else
                {
                    inHand.Add(WorkAsync(item, slots, ct));
                }

                inHand.RemoveWhere(static task => task.IsCompleted);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked to stop: the work in hand sees the same token.
        }
        finally
        {
            await Task.WhenAll(inHand);
            Interlocked.Decrement(ref _active);
        }
    }

    private async Task<WorkItem?> ClaimAsync(CancellationToken ct)
    {
        try
        {
            return await queue.ClaimAsync(settings.Pool, settings.Lease, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A store that is away for a while must not end the loop.
            logger.ClaimFailed(exception);
            return null;
        }
    }

    private async Task WorkAsync(WorkItem item, SemaphoreSlim slots, CancellationToken stopping)
    {
        try
        {
            await running.RunAsync(item.Subject, ct => WorkUnderLeaseAsync(item, ct), stopping);
        }
        catch (OperationCanceledException)
        {
            await GiveBackAsync(item);
        }
        catch (Exception exception)
        {
            logger.WorkCrashed(item.Subject, item.Step, exception);
            await GiveBackAsync(item);
        }
        finally
        {
            await queue.LetGoAsync(item.Id);
            slots.Release();
        }
    }

    private async Task WorkUnderLeaseAsync(WorkItem item, CancellationToken ct)
    {
        if (_handlers.FirstOrDefault(handler => handler.Handles(item)) is not { } handler)
        {
            logger.NoHandler(item.Subject, item.Step);
            await queue.RetryLaterAsync(item.Id, TimeSpan.FromMinutes(1), ct);
            return;
        }

        using var lease = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewal = RenewAsync(item, lease, renewing.Token);
        try
        {
            await handler.HandleAsync(item, lease.Token);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }
    }

    private async Task RenewAsync(WorkItem item, CancellationTokenSource lease, CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(settings.Lease / 3, clock);
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (!await TryRenewAsync(item, ct))
                {
                    logger.LeaseLost(item.Subject, item.Step);
                    await lease.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is settled.
        }
        catch (Exception exception)
        {
            logger.RenewalFailed(item.Subject, item.Step, exception);
            await lease.CancelAsync();
        }
    }

    /// <summary>False when the lease is lost. While the store is away nobody can take the item over, so that the work goes on; what it commits needs the lease anyway.</summary>
    private async Task<bool> TryRenewAsync(WorkItem item, CancellationToken ct)
    {
        try
        {
            return await queue.RenewAsync(item.Id, settings.Lease, ct);
        }
        catch (StoreUnavailableException exception)
        {
            logger.RenewalFailed(item.Subject, item.Step, exception);
            return true;
        }
    }

    private async Task GiveBackAsync(WorkItem item)
    {
        try
        {
            await queue.ReleaseAsync(item.Id, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The lease runs out by itself.
            logger.RenewalFailed(item.Subject, item.Step, exception);
        }
    }
}
