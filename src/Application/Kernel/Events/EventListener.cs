using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Events;

/// <summary>Follows the events of one subject, or all, from a place in the log on: every event once, in order. For one caller at a time.</summary>
/// <remarks>Holds no events between two calls; one that asks slowly costs nobody anything, and reads from the log what the feed no longer has.</remarks>
public sealed class EventListener : IDisposable
{
    private readonly EventFeed _feed;

    internal EventListener(EventFeed feed, string? subject, long after)
    {
        _feed = feed;
        Subject = subject;
        Position = after;
    }

    /// <summary>What it follows; null for all.</summary>
    public string? Subject { get; }

    /// <summary>Every event up to this sequence was given, or does not concern the listener.</summary>
    internal long Position { get; set; }

    /// <summary>True until it has read the log from its place to the end: what lies there may be older than the feed.</summary>
    internal bool ReadsLog { get; set; } = true;

    /// <summary>True when the window may hold something after <see cref="Position"/>.</summary>
    internal bool HasNews { get; set; } = true;

    /// <summary>Completes when there may be something to read.</summary>
    internal TaskCompletionSource Woken { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The next events, oldest first, as soon as there are any; none when there were none for <paramref name="atMost"/>. With zero: none only when everything
    /// that had been appended when the listener was made, and everything that the feed has noticed since, was given.
    /// </summary>
    /// <param name="atMost">The longest wait, from zero.</param>
    /// <param name="ct">Cancels the wait or the read.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public Task<ValueList<LoggedEvent>> NextAsync(TimeSpan atMost, CancellationToken ct) => _feed.NextAsync(this, atMost, ct);

    /// <summary>Tells that there may be something to read.</summary>
    internal void Wake()
    {
        HasNews = true;
        Woken.TrySetResult();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _feed.Remove(this);
}
