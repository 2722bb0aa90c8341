using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Events;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Tells everybody whose calls wait at the gate that the provider throttles: each at most once in a while, however often it does.</summary>
internal sealed class ThrottleNotices(IEventAppender events, ModelIdentity model, TimeProvider clock)
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _toldAt = new(StringComparer.Ordinal);

    /// <summary>Waits, and meanwhile counts among those who are told.</summary>
    /// <param name="subject">Who waits.</param>
    /// <param name="wait">The wait.</param>
    public async Task<T> WhileWaitingAsync<T>(string subject, Func<Task<T>> wait)
    {
        Count(subject, 1);
        try
        {
            return await wait();
        }
        finally
        {
            Count(subject, -1);
        }
    }

    /// <summary>Tells the one whose call was refused, and all who wait.</summary>
    public Task TellAsync(string refused, GateSignal signal, CancellationToken ct) =>
        events.AppendAsync([.. Due(refused).Select(subject => ProviderEvents.Throttled(subject, model, signal))], ct);

    private List<string> Due(string refused)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            foreach (var (subject, _) in _toldAt.Where(told => clock.GetElapsedTime(told.Value, now) >= LeastInterval).ToList())
            {
                _toldAt.Remove(subject);
            }

            return [.. _waiting.Keys.Append(refused).Distinct(StringComparer.Ordinal).Where(subject => _toldAt.TryAdd(subject, now)).Order(StringComparer.Ordinal)];
        }
    }

    private void Count(string subject, int change)
    {
        lock (_lock)
        {
            var count = _waiting.GetValueOrDefault(subject) + change;
            if (count == 0)
            {
                _waiting.Remove(subject);
            }
            else
            {
                _waiting[subject] = count;
            }
        }
    }
}
