using Idp.Domain.Kernel.Work;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>
/// The invitations to work that this node has: open ones, and those that stand for an item in hand. A node that was not invited for a while may look for work
/// all the same, and at any time while no invitations can come.
/// </summary>
/// <param name="clock">Tells the time between looks.</param>
/// <param name="lookInterval">The time after a look in which only an invitation allows another.</param>
internal sealed class WorkInvitations(TimeProvider clock, TimeSpan lookInterval) : IDisposable
{
    // As long as a short transaction holds a row.
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Queue<Invitation> _open = new();
    private readonly Dictionary<WorkItemId, Invitation> _accepted = [];
    private readonly WorkSignal _arrival = new(clock, mostKept: 1);
    private long? _lastLook;
    private bool _mayCome;
    private bool _isPutBack;
    private bool _areWanted;

    /// <summary>True once this node has asked for work; before, it must not be invited.</summary>
    public bool AreWanted => Volatile.Read(ref _areWanted);

    /// <summary>Tells that invitations can come from now on.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _mayCome = true;
        }
    }

    /// <summary>Tells that the connection is lost: the broker takes all invitations for never answered and invites anew, here or elsewhere.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _mayCome = false;
            _open.Clear();
            _accepted.Clear();
        }

        Wake();
    }

    /// <summary>Adds one that came.</summary>
    public void Receive(Invitation invitation)
    {
        lock (_gate)
        {
            _open.Enqueue(invitation);
        }

        Wake();
    }

    /// <summary>Wakes who waits.</summary>
    public void Wake() => _arrival.Raise();

    /// <summary>Tells whether the node may look for work now.</summary>
    /// <param name="invitation">The invitation that it may use for that; null when it looks without one.</param>
    public bool TryTake(out Invitation? invitation)
    {
        lock (_gate)
        {
            _areWanted = true;
            var now = clock.GetTimestamp();
            if (!_open.TryDequeue(out invitation) && _mayCome && _lastLook is { } last && clock.GetElapsedTime(last, now) < lookInterval)
            {
                return false;
            }

            _lastLook = now;
            return true;
        }
    }

    /// <summary>Keeps an invitation for the next look, which is worth a pause: what it is for may be locked for a moment.</summary>
    public void PutBack(Invitation invitation)
    {
        lock (_gate)
        {
            _isPutBack = true;
            _open.Enqueue(invitation);
        }
    }

    /// <summary>Lets an invitation stand for an item that this node works on from now on.</summary>
    public void Accept(WorkItemId item, Invitation invitation)
    {
        lock (_gate)
        {
            _accepted[item] = invitation;
        }
    }

    /// <summary>Ends the work on an item.</summary>
    /// <returns>The invitation that stood for it, if any.</returns>
    public Invitation? LetGo(WorkItemId item)
    {
        lock (_gate)
        {
            return _accepted.Remove(item, out var invitation) ? invitation : null;
        }
    }

    /// <summary>Waits until there may be work, but not longer than <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_open.Count > 0 && !_isPutBack)
            {
                return Task.CompletedTask;
            }

            if (_isPutBack && atMost > LockPause)
            {
                atMost = LockPause;
            }

            _isPutBack = false;
        }

        return _arrival.WaitAsync(atMost, ct);
    }

    /// <inheritdoc />
    public void Dispose() => _arrival.Dispose();
}
