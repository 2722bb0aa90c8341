namespace Idp.Unit.Kernel.Concurrency;

/// <summary>A clock and its events, one after the other in one thread: minutes pass in microseconds, always in the same order.</summary>
public sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Origin = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _scheduled;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Origin + Elapsed;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Does something later.</summary>
    public void After(TimeSpan delay, Action action) => _events.Enqueue(action, ((Elapsed + delay).Ticks, ++_scheduled));

    /// <summary>Lets the next event happen; false when there is none.</summary>
    public bool Step()
    {
        if (!_events.TryDequeue(out var action, out var due))
        {
            return false;
        }

        Elapsed = TimeSpan.FromTicks(due.At);
        action();
        return true;
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Alarm(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Alarm(VirtualTime time, Action ring) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.After(dueTime, () =>
                {
                    if (version == _version)
                    {
                        ring();
                    }
                });
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
