namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Who waits for a place.</summary>
internal enum WorkerUrgency
{
    /// <summary>A document that is processed; nobody sits before it.</summary>
    Background,

    /// <summary>Somebody who looks at a page, or will in a moment.</summary>
    Watched,
}

/// <summary>Places for so many at a time. Whoever is watched takes the next free one, before all in the background, so that a batch never stands between a person and a page; else first come, first served.</summary>
/// <param name="count">How many there are.</param>
internal sealed class WorkerPlaces(int count)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _watched = new();
    private readonly Queue<TaskCompletionSource> _background = new();
    private int _free = count;

    /// <summary>Waits for a place; each must be given back.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; no place is taken.</exception>
    public async Task TakeAsync(WorkerUrgency urgency, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            (urgency == WorkerUrgency.Watched ? _watched : _background).Enqueue(turn);
        }

        // Whichever comes first counts, the place or the end of waiting: a turn that was given up is passed over.
        await using (ct.Register(() => turn.TrySetCanceled(ct)))
        {
            await turn.Task;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            while (_watched.TryDequeue(out var turn) || _background.TryDequeue(out turn))
            {
                if (turn.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}
