namespace Idp.Application.Kernel.Concurrency;

/// <summary>Where several nodes keep the gates that they share: one state for each provider, key and model.</summary>
public interface ISharedGates
{
    /// <summary>The name of this node; no other, and no later process in its place, has the same.</summary>
    string Node { get; }

    /// <summary>Raised when a node says that others may begin calls. A hint: it may be lost, and nothing may have changed.</summary>
    event Action? Told;

    /// <summary>Changes the state of one gate. Changes of one gate by all nodes happen one after the other, and each finds what the one before it left.</summary>
    /// <param name="key">Which gate.</param>
    /// <param name="change">
    /// Makes the next state of the state, null at first, and the time, which is that of the store and so the same for all nodes; it counts from any fixed origin.
    /// May be called again from the start; what it makes counts only once.
    /// </param>
    /// <param name="ct">Cancels before the change is kept.</param>
    /// <returns>When the change is kept, whatever happens to this node or the store afterwards.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; in rare cases the change was kept all the same.</exception>
    Task ChangeAsync(ProviderGateKey key, Func<string?, TimeSpan, SharedGateChange> change, CancellationToken ct);

    /// <summary>True when a node surely lives no more; false when it lives, or nothing can be said.</summary>
    bool IsGone(string node);
}

/// <summary>A change of a shared gate.</summary>
/// <param name="State">The next state.</param>
/// <param name="TellsOthers">Other nodes may begin calls now and are to be told (<see cref="ISharedGates.Told"/>).</param>
public readonly record struct SharedGateChange(string State, bool TellsOthers);
