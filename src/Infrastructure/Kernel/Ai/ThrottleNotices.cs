using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Events;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Tells everybody whose calls wait at the gate that the provider throttles: each at most once in a while, however often it does.</summary>
internal sealed class ThrottleNotices(IEventAppender events, ModelIdentity model, TimeProvider clock)
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Reader, int> _waiting = [];
    private readonly Dictionary<Reader, long> _toldAt = [];

    /// <summary>Waits, and meanwhile counts among those who are told.</summary>
    /// <param name="caller">Who waits.</param>
    /// <param name="wait">The wait.</param>
    public async Task<T> WhileWaitingAsync<T>(CallContext caller, Func<Task<T>> wait)
    {
        var reader = Reader.Of(caller);
        Count(reader, 1);
        try
        {
            return await wait();
        }
        finally
        {
            Count(reader, -1);
        }
    }

    /// <summary>Tells the one whose call was refused, and all who wait.</summary>
    public Task TellAsync(CallContext refused, GateSignal signal, CancellationToken ct) =>
        events.AppendAsync([.. Due(Reader.Of(refused)).Select(reader => ProviderEvents.Throttled(reader.Subject, reader.Batch, model, signal))], ct);

    private List<Reader> Due(Reader refused)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            foreach (var (reader, _) in _toldAt.Where(told => clock.GetElapsedTime(told.Value, now) >= LeastInterval).ToList())
            {
                _toldAt.Remove(reader);
            }

            return [.. _waiting.Keys.Append(refused).Distinct().Where(reader => _toldAt.TryAdd(reader, now)).OrderBy(reader => reader.Subject, StringComparer.Ordinal)];
        }
    }

    private void Count(Reader reader, int change)
    {
        lock (_lock)
        {
            var count = _waiting.GetValueOrDefault(reader) + change;
            if (count == 0)
            {
                _waiting.Remove(reader);
            }
            else
            {
                _waiting[reader] = count;
            }
        }
    }

    /// <summary>Whose events tell of it.</summary>
    private readonly record struct Reader(string Subject, string? Batch)
    {
        public static Reader Of(CallContext caller) => new(caller.Subject, caller.Batch);
    }
}
