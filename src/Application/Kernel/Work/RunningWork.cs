using System.Collections.Concurrent;

namespace Idp.Application.Kernel.Work;

/// <summary>The work that this process has in hand, so that it can be stopped at once.</summary>
public sealed class RunningWork
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The subjects at work, sorted.</summary>
    public IReadOnlyList<string> Subjects => [.. _entries.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How many subjects are at work.</summary>
    public int Count => _entries.Count;

    /// <summary>Asks the work on a subject to stop; returns without waiting for anything that the work does about it.</summary>
    public void Cancel(string subject)
    {
        if (_entries.TryGetValue(subject, out var entry))
        {
            entry.Cancel();
        }
    }

    /// <summary>Asks the work on a subject to stop and waits until it has.</summary>
    public async Task CancelAndWaitAsync(string subject, CancellationToken ct)
    {
        if (_entries.TryGetValue(subject, out var entry))
        {
            entry.Cancel();
            await entry.Ended.WaitAsync(ct);
        }
    }

    /// <summary>Runs <paramref name="work"/> so that <see cref="Cancel"/> reaches it.</summary>
    public async Task RunAsync(string subject, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        await using var entry = new Entry(ct);
        _entries[subject] = entry;
        try
        {
            await work(entry.Token);
        }
        finally
        {
            _entries.TryRemove(KeyValuePair.Create(subject, entry));
            entry.End();
        }
    }

    private sealed class Entry(CancellationToken ct) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private Task? _cancelling;
        private bool _disposed;

        public CancellationToken Token => _source.Token;

        public Task Ended => _ended.Task;

        public void Cancel()
        {
            lock (_lock)
            {
                if (!_disposed)
                {
                    // The work's handlers run on threads of their own: cutting off calls takes a while, and who cancels many subjects must not wait for each.
                    _cancelling ??= _source.CancelAsync();
                }
            }
        }

        public void End() => _ended.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            lock (_lock)
            {
                _disposed = true;
            }

            await (_cancelling ?? Task.CompletedTask);
            _source.Dispose();
        }
    }
}
