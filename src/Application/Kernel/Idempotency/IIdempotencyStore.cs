using Idp.Application.Kernel.Caching;

namespace Idp.Application.Kernel.Idempotency;

/// <summary>What is known of a key that a caller sent with a request.</summary>
public enum KeyState
{
    /// <summary>The key is new and now the caller's: it must be completed or released.</summary>
    Claimed,

    /// <summary>A request with this key is at work.</summary>
    Running,

    /// <summary>A request with this key was answered.</summary>
    Answered,
}

/// <summary>What became of an attempt to claim a key.</summary>
/// <param name="State">What is known of the key.</param>
/// <param name="Payload">The identity of the payload that was answered; null unless answered.</param>
/// <param name="Answer">The stored answer; null unless answered.</param>
public sealed record KeyClaim(KeyState State, Fingerprint? Payload, string? Answer);

/// <summary>Remembers answers under the keys that callers send, so that a request sent twice has one effect.</summary>
/// <remarks>
/// Keys are forgotten <see cref="Lifetime"/> after they were claimed. The claim of a process that died is free again.
/// Adapters: SQLite, PostgreSQL. Each passes <c>IdempotencyStoreContract</c>. Safe to call concurrently.
/// </remarks>
public interface IIdempotencyStore
{
    /// <summary>How long a key is remembered.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Claims a key; of callers at the same time, one gets it.</summary>
    Task<KeyClaim> ClaimAsync(string key, CancellationToken ct);

    /// <summary>Stores the answer of a claimed key.</summary>
    Task CompleteAsync(string key, Fingerprint payload, string answer, CancellationToken ct);

    /// <summary>Gives a claimed key back, because the request had no effect; one that was answered stays.</summary>
    Task ReleaseAsync(string key, CancellationToken ct);
}
