using System.Diagnostics.CodeAnalysis;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Kernel.Events;

/// <summary>
/// Lets any number of listeners follow the event log at the price of one reader: while anybody listens, the end of the log is read once for all, kept in a bounded window, and
/// only those are woken whom an event concerns. A listener that comes from the past, or fell behind the window, reads pages of the log by itself.
/// </summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Following must outlive a log that is away for a while; each failure is logged.")]
public sealed class EventFeed(IEventLog log, EventFeedSettings settings, TimeProvider clock, ILogger<EventFeed> logger) : IDisposable
{
    private const int LargestRead = 1_000;

    private readonly Lock _gate = new();
    private readonly EventWindow _window = new(settings.WindowEvents, settings.WindowCharacters);
    private readonly EventAudience _audience = new();
    private CancellationTokenSource? _following;
    private bool _isReady;

    /// <summary>How many listen.</summary>
    public int Listeners
    {
        get
        {
            lock (_gate)
            {
                return _audience.Count;
            }
        }
    }

    /// <summary>The sequence of the newest event; 0 while there is none.</summary>
    public Task<long> LastSequenceAsync(CancellationToken ct) => log.LastSequenceAsync(ct);

    /// <summary>Begins to listen; the caller disposes the listener.</summary>
    /// <param name="subject">Only events about this, and for a batch also those about its documents; null for all.</param>
    /// <param name="after">A sequence; 0 listens from the start.</param>
    public EventListener Listen(string? subject, long after)
    {
        var listener = new EventListener(this, subject, after);
        lock (_gate)
        {
            _audience.Add(listener);
            if (_audience.Count == 1)
            {
                Begin();
            }
        }

        return listener;
    }

    /// <summary>Stops to follow the log; listeners get nothing more.</summary>
    public void Dispose()
    {
        CancellationTokenSource? ended;
        lock (_gate)
        {
            ended = End();
        }

        Stop(ended);
    }

    internal void Remove(EventListener listener)
    {
        CancellationTokenSource? ended = null;
        lock (_gate)
        {
            if (_audience.Remove(listener) && _audience.Count == 0)
            {
                ended = End();
            }
        }

        Stop(ended);
    }

    internal async Task<ValueList<LoggedEvent>> NextAsync(EventListener listener, TimeSpan atMost, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(listener, out var page, out var noticed))
            {
                if (page.Count > 0)
                {
                    return page;
                }
            }
            else
            {
                page = await log.ReadAsync(listener.Subject, listener.Position, settings.PageSize, ct);
                Advance(listener, page, noticed);
                if (page.Count > 0)
                {
                    return page;
                }

                continue;
            }

            if (!await IsWokenAsync(listener, atMost - clock.GetElapsedTime(began), ct))
            {
                return [];
            }
        }
    }

    private async Task<bool> IsWokenAsync(EventListener listener, TimeSpan atMost, CancellationToken ct)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            await listener.Woken.Task.WaitAsync(atMost, clock, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Takes what the window holds for a listener; false when it must read the log, which the feed has noticed up to <paramref name="noticed"/>.</summary>
    private bool TryTake(EventListener listener, out ValueList<LoggedEvent> page, out long noticed)
    {
        lock (_gate)
        {
            page = [];
            noticed = _isReady ? _window.Last : 0;
            if (listener.ReadsLog || (_isReady && listener.HasNews && listener.Position < _window.Horizon))
            {
                return false;
            }

            if (_isReady && listener.HasNews)
            {
                page = _window.Read(listener.Subject, listener.Position, settings.PageSize);
                if (page.Count == settings.PageSize)
                {
                    listener.Position = page[^1].Sequence;
                    return true;
                }

                listener.Position = Math.Max(listener.Position, noticed);
                listener.HasNews = false;
            }

            if (!listener.HasNews && listener.Woken.Task.IsCompleted)
            {
                listener.Woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return true;
        }
    }

    private void Advance(EventListener listener, ValueList<LoggedEvent> page, long noticed)
    {
        lock (_gate)
        {
            var isEnd = page.Count < settings.PageSize;
            listener.ReadsLog &= !isEnd;
            listener.Position = Math.Max(listener.Position, page.Count > 0 ? page[^1].Sequence : 0);
            if (isEnd)
            {
                // What the feed had noticed before the read was in the log during it.
                listener.Position = Math.Max(listener.Position, noticed);
            }
        }
    }

    private void Begin()
    {
        var following = new CancellationTokenSource();
        var ct = following.Token;
        _following = following;
        _ = Task.Run(() => FollowAsync(following, ct), CancellationToken.None);
    }

    private CancellationTokenSource? End()
    {
        var ended = _following;
        _following = null;
        _isReady = false;
        return ended;
    }

    /// <summary>Outside of the lock, because cancelling runs what waits for it.</summary>
    private static void Stop(CancellationTokenSource? ended)
    {
        ended?.Cancel();
        ended?.Dispose();
    }

    private async Task FollowAsync(CancellationTokenSource following, CancellationToken ct)
    {
        try
        {
            while (!await TryFollowAsync(following, ct))
            {
                await Task.Delay(settings.RetryDelay, clock, ct);
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Nobody listens any more, so nobody misses what could not be read.
        }
    }

    /// <summary>Follows the log; returns false when it could not be read.</summary>
    private async Task<bool> TryFollowAsync(CancellationTokenSource following, CancellationToken ct)
    {
        try
        {
            var last = await BeginAtAsync(following, ct);
            while (true)
            {
                await log.WaitForEventsAsync(last, ct);
                var page = await log.ReadAsync(null, last, LargestRead, ct);
                Publish(following, page);
                last = page.Count > 0 ? page[^1].Sequence : last;
                if (page.Count < LargestRead)
                {
                    await Task.Delay(settings.Rest, clock, ct);
                }
            }
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            logger.FollowingFailed(exception);
            return false;
        }
    }

    /// <summary>Where to go on after a failure, or the end of the log for a beginning.</summary>
    private async Task<long> BeginAtAsync(CancellationTokenSource following, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_isReady && ReferenceEquals(_following, following))
            {
                return _window.Last;
            }
        }

        var last = await log.LastSequenceAsync(ct);
        lock (_gate)
        {
            if (ReferenceEquals(_following, following))
            {
                _window.Reset(last);
                _isReady = true;
                foreach (var listener in _audience.All)
                {
                    listener.Wake();
                }
            }
        }

        return last;
    }

    private void Publish(CancellationTokenSource following, ValueList<LoggedEvent> page)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_following, following))
            {
                return;
            }

            foreach (var logged in page)
            {
                _window.Append(logged);
                _audience.Announce(logged);
            }
        }
    }
}
