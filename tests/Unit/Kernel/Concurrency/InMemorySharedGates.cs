using Idp.Application.Kernel;
using Idp.Application.Kernel.Concurrency;

namespace Idp.Unit.Kernel.Concurrency;

/// <summary>Shared gates in memory, with nodes that can be cut off and declared gone.</summary>
public sealed class InMemorySharedGates(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProviderGateKey, string> _states = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cutOff = new(StringComparer.Ordinal);

    private event Action? Told;

    /// <summary>Nobody hears what others tell.</summary>
    public bool LosesNotices { get; set; }

    /// <summary>Of so many next changes, the caller is not told that they were kept.</summary>
    public int SilentChanges { get; set; }

    /// <summary>Changes that were kept.</summary>
    public int Changes { get; private set; }

    /// <summary>The gates as a node sees them.</summary>
    public ISharedGates At(string node) => new View(this, node);

    /// <summary>Lets every node know that one is gone.</summary>
    public void DeclareGone(string node) => _gone.Add(node);

    public void CutOff(string node) => _cutOff.Add(node);

    public void Reconnect(string node) => _cutOff.Remove(node);

    internal SharedGateState StateOf(ProviderGateKey key, GateOptions options)
    {
        lock (_lock)
        {
            return SharedGateState.Read(_states.GetValueOrDefault(key), options, clock.GetUtcNow() - DateTimeOffset.UnixEpoch);
        }
    }

    private Task ChangeAsync(string node, ProviderGateKey key, Func<string?, TimeSpan, SharedGateChange> change)
    {
        SharedGateChange next;
        lock (_lock)
        {
            if (_cutOff.Contains(node))
            {
                return Task.FromException(new StoreUnavailableException("Cut off.", new IOException()));
            }

            next = change(_states.GetValueOrDefault(key), clock.GetUtcNow() - DateTimeOffset.UnixEpoch);
            _states[key] = next.State;
            Changes++;
            if (SilentChanges > 0)
            {
                SilentChanges--;
                return Task.FromException(new StoreUnavailableException("The answer was lost.", new IOException()));
            }
        }

        if (next.TellsOthers && !LosesNotices)
        {
            Told?.Invoke();
        }

        return Task.CompletedTask;
    }

    private sealed class View(InMemorySharedGates gates, string node) : ISharedGates
    {
        public event Action? Told
        {
            add => gates.Told += value;
            remove => gates.Told -= value;
        }

        public string Node => node;

        public Task ChangeAsync(ProviderGateKey key, Func<string?, TimeSpan, SharedGateChange> change, CancellationToken ct) =>
            gates.ChangeAsync(node, key, change);

        public bool IsGone(string other) => gates._gone.Contains(other);
    }
}
