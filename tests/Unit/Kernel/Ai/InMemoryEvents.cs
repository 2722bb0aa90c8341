using Idp.Application.Kernel.Events;

namespace Idp.Unit.Kernel.Ai;

/// <summary>An event log that forgets nothing and is read as a list.</summary>
internal sealed class InMemoryEvents : IEventAppender
{
    private readonly Lock _lock = new();
    private readonly List<NewEvent> _events = [];

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<NewEvent> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public Task AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        lock (_lock)
        {
            _events.AddRange(events);
        }

        return Task.CompletedTask;
    }
}
