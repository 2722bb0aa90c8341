using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Idempotency;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Kernel.Idempotency.Postgres;

/// <summary>Keeps keys and answers in a table that the nodes share.</summary>
internal sealed class PostgresIdempotencyStore(PostgresDatabase database, ProcessIdentity node, TimeProvider clock) : IIdempotencyStore
{
    // What another node is about to forget is left to it.
    private const string Forget = """
        DELETE FROM idempotency_keys WHERE key IN (SELECT key FROM idempotency_keys WHERE claimed_at <= @Oldest FOR UPDATE SKIP LOCKED)
        """;

    // Waits for whoever has just inserted the same key and not committed yet.
    private const string Insert = "INSERT INTO idempotency_keys (key, owner, claimed_at) VALUES (@Key, @Owner, @Now) ON CONFLICT (key) DO NOTHING";

    private const string Find = "SELECT owner AS Owner, payload AS Payload, answer AS Answer FROM idempotency_keys WHERE key = @Key FOR UPDATE";

    private const string TakeOver = "UPDATE idempotency_keys SET owner = @Owner, claimed_at = @Now WHERE key = @Key";

    private const string Complete = "UPDATE idempotency_keys SET payload = @Payload, answer = @Answer WHERE key = @Key";

    private const string Release = "DELETE FROM idempotency_keys WHERE key = @Key AND answer IS NULL";

    /// <inheritdoc />
    public async Task<KeyClaim> ClaimAsync(string key, CancellationToken ct)
    {
        KeyClaim? claim = null;
        while (claim is null)
        {
            // Null when the key was given back in the middle of it.
            await database.TryCommitAsync(
                async transaction =>
                {
                    claim = await TryClaimAsync(transaction, key);
                    return true;
                },
                ct);
        }

        return claim;
    }

    /// <inheritdoc />
    public Task CompleteAsync(string key, Fingerprint payload, string answer, CancellationToken ct) =>
        database.WriteAsync(Complete, new { Key = key, Payload = payload.Value, Answer = answer }, ct);

    /// <inheritdoc />
    public Task ReleaseAsync(string key, CancellationToken ct) => database.WriteAsync(Release, new { Key = key }, ct);

    private async Task<KeyClaim?> TryClaimAsync(PostgresTransaction transaction, string key)
    {
        var now = clock.GetUtcNow();
        var claim = new { Key = key, Owner = node.ToString(), Now = TimeText.Of(now) };
        await transaction.ExecuteAsync(Forget, new { Oldest = TimeText.Of(now - IIdempotencyStore.Lifetime) });
        if (await transaction.ExecuteAsync(Insert, claim) > 0)
        {
            return new KeyClaim(KeyState.Claimed, null, null);
        }

        switch (await transaction.FindAsync<Row>(Find, new { Key = key }))
        {
            case null:
                return null;
            case { Payload: { } payload, Answer: { } answer }:
                return new KeyClaim(KeyState.Answered, new Fingerprint(payload), answer);
            case { Owner: var owner } when (await NodeRows.GoneOfAsync(transaction, [owner], node, now)).Count == 0:
                return new KeyClaim(KeyState.Running, null, null);
            default:
                await transaction.ExecuteAsync(TakeOver, claim);
                return new KeyClaim(KeyState.Claimed, null, null);
        }
    }

    private sealed record Row(string Owner, string? Payload, string? Answer);
}
