using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Events;

/// <summary>The most recent events without a gap: everything after <see cref="Horizon"/> up to <see cref="Last"/>. Bounded in number and in size.</summary>
/// <param name="capacity">Events at most, from 1.</param>
/// <param name="characterCapacity">Characters of event data at most; the newest event is kept whatever its size.</param>
internal sealed class EventWindow(int capacity, int characterCapacity)
{
    private readonly LoggedEvent?[] _ring = new LoggedEvent?[capacity];
    private int _start;
    private int _count;
    private long _characters;

    /// <summary>Events up to here are not, or no longer, in the window.</summary>
    public long Horizon { get; private set; }

    /// <summary>The sequence up to which the window knows the log.</summary>
    public long Last { get; private set; }

    /// <summary>Forgets everything and begins after <paramref name="sequence"/>.</summary>
    public void Reset(long sequence)
    {
        Array.Clear(_ring);
        (_start, _count, _characters) = (0, 0, 0);
        (Horizon, Last) = (sequence, sequence);
    }

    /// <summary>Adds the event that follows <see cref="Last"/> in the log; the oldest make room.</summary>
    public void Append(LoggedEvent logged)
    {
        while (_count > 0 && (_count == capacity || _characters + logged.Data.Length > characterCapacity))
        {
            Evict();
        }

        _ring[(_start + _count) % capacity] = logged;
        _count++;
        _characters += logged.Data.Length;
        Last = logged.Sequence;
    }

    /// <summary>The first events after a sequence, which must not lie before <see cref="Horizon"/>.</summary>
    /// <param name="subject">As of <see cref="IEventLog.ReadAsync"/>.</param>
    /// <param name="after">A sequence.</param>
    /// <param name="limit">At most so many.</param>
    public ValueList<LoggedEvent> Read(string? subject, long after, int limit)
    {
        var page = new List<LoggedEvent>();
        for (var index = FirstAfter(after); index < _count && page.Count < limit; index++)
        {
            var logged = At(index);
            if (subject is null || logged.Subject == subject || logged.Batch == subject)
            {
                page.Add(logged);
            }
        }

        return page.ToValueList();
    }

    private int FirstAfter(long sequence)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = At(middle).Sequence > sequence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private LoggedEvent At(int index) => _ring[(_start + index) % capacity]!;

    private void Evict()
    {
        var oldest = At(0);
        Horizon = oldest.Sequence;
        _characters -= oldest.Data.Length;
        _ring[_start] = null;
        _start = (_start + 1) % capacity;
        _count--;
    }
}
