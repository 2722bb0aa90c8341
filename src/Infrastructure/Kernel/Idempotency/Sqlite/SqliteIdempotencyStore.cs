using Dapper;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Idempotency;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Idempotency.Sqlite;

/// <summary>Keeps keys and answers in a table.</summary>
internal sealed class SqliteIdempotencyStore(SqliteDatabase database, ProcessIdentity node, TimeProvider clock) : IIdempotencyStore
{
    private const string Forget = "DELETE FROM idempotency_keys WHERE claimed_at <= @Oldest";

    private const string Find = "SELECT owner AS Owner, payload AS Payload, answer AS Answer FROM idempotency_keys WHERE key = @Key";

    private const string Claim = """
        INSERT INTO idempotency_keys (key, owner, claimed_at) VALUES (@Key, @Owner, @Now)
        ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, claimed_at = excluded.claimed_at
        """;

    private const string Complete = "UPDATE idempotency_keys SET payload = @Payload, answer = @Answer WHERE key = @Key";

    private const string Release = "DELETE FROM idempotency_keys WHERE key = @Key AND answer IS NULL";

    /// <inheritdoc />
    public async Task<KeyClaim> ClaimAsync(string key, CancellationToken ct)
    {
        var claim = new KeyClaim(KeyState.Claimed, null, null);
        await database.TryCommitAsync(
            async transaction =>
            {
                claim = await ClaimAsync(transaction, key, ct);
                return true;
            },
            ct);
        return claim;
    }

    /// <inheritdoc />
    public Task CompleteAsync(string key, Fingerprint payload, string answer, CancellationToken ct) => database.WriteAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(Complete, new { Key = key, Payload = payload.Value, Answer = answer }, cancellationToken: ct)), ct);

    /// <inheritdoc />
    public Task ReleaseAsync(string key, CancellationToken ct) => database.WriteAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(Release, new { Key = key }, cancellationToken: ct)), ct);

    private async Task<KeyClaim> ClaimAsync(SqliteTransaction transaction, string key, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(Forget, new { Oldest = TimeText.Of(now - IIdempotencyStore.Lifetime) }, transaction, cancellationToken: ct));
        switch (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Find, new { Key = key }, transaction, cancellationToken: ct)))
        {
            case { Payload: { } payload, Answer: { } answer }:
                return new KeyClaim(KeyState.Answered, new Fingerprint(payload), answer);
            case { Owner: var owner } when !(ProcessIdentity.TryParse(owner, out var process) && process.IsKnownDead()):
                return new KeyClaim(KeyState.Running, null, null);
            default:
                await connection.ExecuteAsync(new CommandDefinition(
                    Claim, new { Key = key, Owner = node.ToString(), Now = TimeText.Of(now) }, transaction, cancellationToken: ct));
                return new KeyClaim(KeyState.Claimed, null, null);
        }
    }

    /// <summary>Set by name: SQLite names no types for columns that are null.</summary>
    private sealed record Row
    {
        public string Owner { get; init; } = string.Empty;

        public string? Payload { get; init; }

        public string? Answer { get; init; }
    }
}
