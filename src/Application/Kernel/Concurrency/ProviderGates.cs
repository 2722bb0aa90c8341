using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>Names what has limits of its own at a provider.</summary>
/// <param name="Endpoint">The provider's base URL.</param>
/// <param name="KeyHash">A hash of the API key, never the key; empty without one.</param>
/// <param name="Model">The model.</param>
public sealed record ProviderGateKey(string Endpoint, string KeyHash, string Model)
{
    /// <summary>What stands for an API key here; empty without one.</summary>
    public static string HashOf(string apiKey) =>
        apiKey.Length == 0 ? string.Empty : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)))[..12];
}

/// <summary>Hands out one gate for each provider, key and model; all jobs of the process share it, or all of several nodes, and what it learned stays.</summary>
/// <param name="optionsFor">What the gate of a key is told beforehand.</param>
/// <param name="clock">Time.</param>
/// <param name="onSignal">Told of everything that makes a gate hold back; called by the thread that reports it, outside locks.</param>
/// <param name="shared">Where nodes keep the gates that they share; null for gates of this process alone.</param>
public sealed class ProviderGates(
    Func<ProviderGateKey, GateOptions> optionsFor, TimeProvider clock, Action<ProviderGateKey, GateSignal>? onSignal = null, ISharedGates? shared = null) : IDisposable
{
    private readonly ConcurrentDictionary<ProviderGateKey, Lazy<CallGate>> _gates = new();

    /// <summary>Every gate made so far, in the order of endpoint and model.</summary>
    public IReadOnlyList<(ProviderGateKey Key, GateStatus Status)> All => [.. _gates
        .OrderBy(static entry => entry.Key.Endpoint, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Key.Model, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Key.KeyHash, StringComparer.Ordinal)
        .Select(static entry => (entry.Key, entry.Value.Value.Status))];

    /// <summary>The gate of <paramref name="key"/>.</summary>
    public CallGate For(ProviderGateKey key) => _gates.GetOrAdd(key, Make).Value;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Value.Dispose();
        }
    }

    private Lazy<CallGate> Make(ProviderGateKey key) => new(() =>
    {
        Action<GateSignal>? tell = onSignal is null ? null : signal => onSignal(key, signal);
        return shared is null ? new AdaptiveGate(optionsFor(key), clock, tell) : new SharedGate(key, optionsFor(key), shared, clock, tell);
    });
}
