namespace Idp.Simulators.Serving;

/// <summary>Lets so many requests work at once; the rest wait, first come first served. Safe to use from many threads.</summary>
internal sealed class CapacityGate
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _places;
    private int _working;
    private int _mostAtOnce;
    private int _mostWaiting;

    /// <summary>The most that worked, and the most that waited, at the same time.</summary>
    public (int AtOnce, int Waiting) Most
    {
        get
        {
            lock (_gate)
            {
                return (_mostAtOnce, _mostWaiting);
            }
        }
    }

    /// <summary>Changes the number of places; 0 is unlimited. Those who wait come in as far as there is room now.</summary>
    public void Resize(int places)
    {
        lock (_gate)
        {
            _places = places;
            Admit();
        }
    }

    /// <summary>Takes a place if one is free and nobody waits.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || !HasRoom)
            {
                return false;
            }

            Take();
            return true;
        }
    }

    /// <summary>Takes a place, waiting for it as long as need be.</summary>
    /// <exception cref="OperationCanceledException">The caller left; it holds no place.</exception>
    public async Task EnterAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_waiting.Count == 0 && HasRoom)
            {
                Take();
                return;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _mostWaiting = Math.Max(_mostWaiting, _waiting.Count);
        }

        await using var leave = ct.Register(() =>
        {
            lock (_gate)
            {
                // No longer in the list: the place has been given already, and the caller must give it back.
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                    place.Value.TrySetCanceled(ct);
                }
            }
        });
        await place.Value.Task;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _working--;
            Admit();
        }
    }

    /// <summary>Starts counting anew.</summary>
    public void ResetCounters()
    {
        lock (_gate)
        {
            (_mostAtOnce, _mostWaiting) = (_working, _waiting.Count);
        }
    }

    private bool HasRoom => _places == 0 || _working < _places;

    private void Admit()
    {
        while (_waiting.First is { } first && HasRoom)
        {
            _waiting.RemoveFirst();
            Take();
            first.Value.TrySetResult();
        }
    }

    private void Take()
    {
        _working++;
        _mostAtOnce = Math.Max(_mostAtOnce, _working);
    }
}
