namespace Idp.Unit.Kernel;

/// <summary>A clock that stands still until a test moves it. Timers that fall due on the way fire inside <see cref="Advance"/>, earliest first.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 3, 14, 9, 26, 53, 589, TimeSpan.Zero);

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set: a test can tell that the code under test sleeps.</summary>
    public int TimersSet
    {
        get
        {
            lock (_gate)
            {
                return _alarms.Count;
            }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Moves the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } ring)
        {
            ring();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    private Action? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            if (_alarms.Where(alarm => alarm.DueAt <= end).MinBy(alarm => alarm.DueAt) is not { } next)
            {
                return null;
            }

            // An alarm that was overdue rings now; the clock never goes back.
            _now = next.DueAt > _now ? next.DueAt : _now;
            if (next.Period is { } period)
            {
                next.DueAt += period;
            }
            else
            {
                _alarms.Remove(next);
            }

            return next.Ring;
        }
    }

    private sealed class Alarm(ManualTimeProvider clock, Action ring) : ITimer
    {
        public Action Ring => ring;

        public DateTimeOffset DueAt { get; set; }

        public TimeSpan? Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Period = period > TimeSpan.Zero ? period : null;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    clock._alarms.Remove(this);
                }
                else
                {
                    DueAt = clock._now + dueTime;
                    clock._alarms.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
