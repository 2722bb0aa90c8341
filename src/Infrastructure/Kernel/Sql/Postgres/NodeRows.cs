using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>Which processes live: those of this machine are looked at, those of others tell it themselves (see <see cref="PostgresLiveness"/>).</summary>
internal static class NodeRows
{
    private const string Beat = """
        INSERT INTO nodes (owner, alive_until) VALUES (@Owner, @Until) ON CONFLICT (owner) DO UPDATE SET alive_until = excluded.alive_until
        """;

    // One whose leftovers nobody has settled yet is kept: without it, nobody could tell that it is gone.
    private const string Forget = """
        DELETE FROM nodes WHERE alive_until < @Before
            AND NOT EXISTS (SELECT 1 FROM calls WHERE calls.owner = nodes.owner AND state = 'open')
            AND NOT EXISTS (SELECT 1 FROM idempotency_keys WHERE idempotency_keys.owner = nodes.owner AND answer IS NULL)
        """;

    private const string ReadGone = "SELECT owner FROM nodes WHERE owner = ANY(@Owners) AND alive_until <= @Now";

    /// <summary>Says until when a process surely lives.</summary>
    public static Task BeatAsync(PostgresTransaction transaction, ProcessIdentity node, DateTimeOffset until) =>
        transaction.ExecuteAsync(Beat, new { Owner = node.ToString(), Until = TimeText.Of(until) });

    /// <summary>Removes processes that have not lived since <paramref name="before"/> and left nothing behind.</summary>
    public static Task ForgetAsync(PostgresTransaction transaction, DateTimeOffset before) =>
        transaction.ExecuteAsync(Forget, new { Before = TimeText.Of(before) });

    /// <summary>Those of some owners that are surely gone; never <paramref name="node"/> itself.</summary>
    /// <param name="transaction">Where to read.</param>
    /// <param name="listOwners">A query for owners.</param>
    /// <param name="node">This process.</param>
    /// <param name="now">Now.</param>
    public static async Task<IReadOnlyList<string>> GoneOfAsync(PostgresTransaction transaction, string listOwners, ProcessIdentity node, DateTimeOffset now) =>
        await GoneOfAsync(transaction, [.. await transaction.QueryAsync<string>(listOwners)], node, now);

    /// <inheritdoc cref="GoneOfAsync(PostgresTransaction, string, ProcessIdentity, DateTimeOffset)"/>
    public static async Task<IReadOnlyList<string>> GoneOfAsync(PostgresTransaction transaction, string[] owners, ProcessIdentity node, DateTimeOffset now)
    {
        var others = owners.Where(owner => owner != node.ToString()).ToArray();
        if (others.Length == 0)
        {
            return [];
        }

        var silent = (await transaction.QueryAsync<string>(ReadGone, new { Owners = others, Now = TimeText.Of(now) })).ToHashSet(StringComparer.Ordinal);
        return [.. others.Where(owner => silent.Contains(owner) || (ProcessIdentity.TryParse(owner, out var process) && process.IsKnownDead()))];
    }
}
