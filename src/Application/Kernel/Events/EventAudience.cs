namespace Idp.Application.Kernel.Events;

/// <summary>Who listens to what, so that an event finds those whom it concerns without asking the others. Not safe to call concurrently.</summary>
internal sealed class EventAudience
{
    private readonly HashSet<EventListener> _ofAll = [];
    private readonly Dictionary<string, HashSet<EventListener>> _bySubject = new(StringComparer.Ordinal);

    /// <summary>How many listen.</summary>
    public int Count { get; private set; }

    /// <summary>Everyone.</summary>
    public IEnumerable<EventListener> All => _ofAll.Concat(_bySubject.Values.SelectMany(static listeners => listeners));

    /// <summary>Adds a listener.</summary>
    public void Add(EventListener listener)
    {
        if (listener.Subject is not { } subject)
        {
            _ofAll.Add(listener);
        }
        else if (_bySubject.TryGetValue(subject, out var listeners))
        {
            listeners.Add(listener);
        }
        else
        {
            _bySubject.Add(subject, [listener]);
        }

        Count++;
    }

    /// <summary>Removes a listener; false when it was not there.</summary>
    public bool Remove(EventListener listener)
    {
        var listeners = listener.Subject is { } subject ? _bySubject.GetValueOrDefault(subject) : _ofAll;
        if (listeners is null || !listeners.Remove(listener))
        {
            return false;
        }

        if (listeners.Count == 0 && listener.Subject is { } left)
        {
            _bySubject.Remove(left);
        }

        Count--;
        return true;
    }

    /// <summary>Wakes those whom an event concerns.</summary>
    public void Announce(LoggedEvent logged)
    {
        Announce(logged, _ofAll);
        Announce(logged, _bySubject.GetValueOrDefault(logged.Subject));
        Announce(logged, logged.Batch is { } batch ? _bySubject.GetValueOrDefault(batch) : null);
    }

    private static void Announce(LoggedEvent logged, HashSet<EventListener>? listeners)
    {
        foreach (var listener in listeners ?? [])
        {
            if (!listener.HasNews && listener.Position < logged.Sequence)
            {
                // Nothing between its place and this event concerned it, or it would have been woken for that.
                listener.Position = logged.Sequence - 1;
                listener.Wake();
            }
        }
    }
}
