using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>
/// Totals and caps of budgets. Whoever reads totals to decide, or changes them, first locks the rows of all budgets of the call in the order of their names, so that
/// nodes wait for each other and never in a circle; totals change only in the transaction that changes a call.
/// </summary>
internal static class BudgetRows
{
    // In the same order as the lock: a new row is a lock too.
    private const string Ensure = """
        INSERT INTO budget_totals (scope, spent, held)
        SELECT scope, 0, 0 FROM call_scopes WHERE call_id = @CallId ORDER BY scope
        ON CONFLICT (scope) DO NOTHING
        """;

    private const string Lock = """
        SELECT scope FROM budget_totals WHERE scope IN (SELECT scope FROM call_scopes WHERE call_id = @CallId) ORDER BY scope FOR UPDATE
        """;

    private const string Add = """
        UPDATE budget_totals SET spent = spent + @Spent, held = held + @Held WHERE scope IN (SELECT scope FROM call_scopes WHERE call_id = @CallId)
        """;

    private const string Read = """
        SELECT wanted.scope AS Scope, coalesce(totals.spent, 0) AS Spent, coalesce(totals.held, 0) AS Held,
            CASE WHEN caps.scope IS NULL THEN 0::bigint ELSE 1::bigint END AS HasCap, caps.cap AS Cap
        FROM unnest(@Scopes) AS wanted (scope)
        LEFT JOIN budget_totals AS totals ON totals.scope = wanted.scope
        LEFT JOIN budget_caps AS caps ON caps.scope = wanted.scope
        """;

    private const string ReadCaps = "SELECT scope AS Scope, 1::bigint AS HasCap, cap AS Cap FROM budget_caps WHERE scope = ANY(@Scopes)";

    /// <summary>Locks the budgets that a call counts against.</summary>
    /// <returns>Their names.</returns>
    public static async Task<IReadOnlyList<BudgetScope>> LockAsync(PostgresTransaction transaction, string callId)
    {
        await transaction.ExecuteAsync(Ensure, new { CallId = callId });
        return [.. (await transaction.QueryAsync<string>(Lock, new { CallId = callId })).Select(static scope => new BudgetScope(scope))];
    }

    /// <summary>Changes the totals of every budget that a call counts against.</summary>
    public static async Task AddAsync(PostgresTransaction transaction, string callId, long spent, long held)
    {
        await LockAsync(transaction, callId);
        await transaction.ExecuteAsync(Add, new { CallId = callId, Spent = spent, Held = held });
    }

    /// <summary>The budgets that a call counts against, locked.</summary>
    public static async Task<IReadOnlyList<Budget>> OfCallAsync(PostgresTransaction transaction, string callId, BudgetOptions options)
    {
        var scopes = await LockAsync(transaction, callId);
        return BudgetRow.ToBudgets(scopes, await transaction.QueryAsync<BudgetRow>(Read, new { Scopes = BudgetRow.ScopesFor(scopes) }), options);
    }

    /// <summary>How a budget stands.</summary>
    public static async Task<Budget> FindAsync(NpgsqlConnection connection, BudgetScope scope, BudgetOptions options, CancellationToken ct) => BudgetRow.ToBudgets(
        [scope], await connection.QueryAsync<BudgetRow>(new CommandDefinition(Read, new { Scopes = BudgetRow.ScopesFor([scope]) }, cancellationToken: ct)), options)[0];

    /// <summary>The caps that scopes have of their own.</summary>
    public static async Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct) =>
        (await connection.QueryAsync<BudgetRow>(new CommandDefinition(
            ReadCaps, new { Scopes = scopes.Select(static scope => scope.Value).ToArray() }, cancellationToken: ct)))
        .ToDictionary(static row => new BudgetScope(row.Scope), static row => row.OwnCap);
}
