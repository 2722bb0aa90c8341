using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Concurrency.Postgres;

/// <summary>Gates as rows that the nodes change one after the other, under the row's lock and by the server's clock.</summary>
internal sealed class PostgresSharedGates(PostgresDatabase database, ProcessIdentity node, ILogger<PostgresSharedGates> logger) : ISharedGates
{
    private const string Make = """
        INSERT INTO provider_gates (endpoint, key_hash, model) VALUES (@Endpoint, @KeyHash, @Model) ON CONFLICT DO NOTHING
        """;

    // The time outside: it must be that of after the wait for the lock, or it could lie before that of the change before.
    private const string Lock = """
        WITH locked AS MATERIALIZED (
            SELECT state FROM provider_gates WHERE endpoint = @Endpoint AND key_hash = @KeyHash AND model = @Model FOR UPDATE)
        SELECT state AS State, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS Microseconds FROM locked
        """;

    private const string Keep = """
        UPDATE provider_gates SET state = @State WHERE endpoint = @Endpoint AND key_hash = @KeyHash AND model = @Model
        """;

    /// <inheritdoc />
    public event Action? Told
    {
        add => database.Gates.Raised += value;
        remove => database.Gates.Raised -= value;
    }

    /// <inheritdoc />
    public string Node { get; } = node.ToString();

    /// <inheritdoc />
    public async Task ChangeAsync(ProviderGateKey key, Func<string?, TimeSpan, SharedGateChange> change, CancellationToken ct)
    {
        try
        {
            await database.TryCommitAsync(transaction => ChangeAsync(transaction, key, change), ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.GatesFailed(exception.Message);
            throw;
        }
    }

    /// <inheritdoc />
    public bool IsGone(string node) => ProcessIdentity.TryParse(node, out var process) && process.IsKnownDead();

    private static async Task<bool> ChangeAsync(PostgresTransaction transaction, ProviderGateKey key, Func<string?, TimeSpan, SharedGateChange> change)
    {
        var row = await transaction.FindAsync<Row>(Lock, key);
        if (row is null)
        {
            await transaction.ExecuteAsync(Make, key);
            row = await transaction.FindAsync<Row>(Lock, key) ?? throw new InvalidOperationException("The row of a gate was just made and is not there.");
        }

        var next = change(row.State, TimeSpan.FromMicroseconds(row.Microseconds));
        await transaction.ExecuteAsync(Keep, new { next.State, key.Endpoint, key.KeyHash, key.Model });
        if (next.TellsOthers)
        {
            transaction.Tell(Notice.Gates);
        }

        return true;
    }

    private sealed record Row(string? State, long Microseconds);
}
