using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;

namespace Idp.Unit.Kernel.Events;

/// <summary>An event log in memory that counts how often it is read.</summary>
internal sealed class InMemoryEventLog : IEventLog
{
    private readonly Lock _gate = new();
    private readonly List<LoggedEvent> _events = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Collections.Concurrent.ConcurrentQueue<string?> _reads = new();
    private int _failures;

    public int Reads => _reads.Count;

    /// <summary>How often the events of one subject were asked for.</summary>
    public int ReadsOf(string subject) => _reads.Count(read => read == subject);

    /// <summary>How many of the next waits fail.</summary>
    public void FailNext(int times) => Volatile.Write(ref _failures, times);

    public IReadOnlyList<LoggedEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Appends an event about a subject; sequences have gaps, as those of a real log may.</summary>
    public LoggedEvent Append(string subject, string? batch = null, string data = "{}")
    {
        lock (_gate)
        {
            var logged = new LoggedEvent((_events.Count * 3) + 1, subject, "happened", data, DateTimeOffset.UnixEpoch) { Batch = batch };
            _events.Add(logged);
            _next.SetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return logged;
        }
    }

    public Task<ValueList<LoggedEvent>> ReadAsync(string? subject, long after, int limit, CancellationToken ct)
    {
        _reads.Enqueue(subject);
        return Task.FromResult(Events
            .Where(logged => logged.Sequence > after && (subject is null || logged.Subject == subject || logged.Batch == subject)).Take(limit).ToValueList());
    }

    public Task<long> LastSequenceAsync(CancellationToken ct) => Task.FromResult(Events.LastOrDefault()?.Sequence ?? 0);

    public Task WaitForEventsAsync(long after, CancellationToken ct)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            return Task.FromException(new InvalidOperationException("The log is away."));
        }

        lock (_gate)
        {
            return _events.Count > 0 && _events[^1].Sequence > after ? Task.CompletedTask : WaitAsync(_next.Task, after, ct);
        }
    }

    private async Task WaitAsync(Task next, long after, CancellationToken ct)
    {
        await next.WaitAsync(ct);
        await WaitForEventsAsync(after, ct);
    }
}
