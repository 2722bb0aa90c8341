using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Totals and caps of budgets; totals change only in the transaction that changes a call.</summary>
internal static class BudgetRows
{
    private const string Add = """
        INSERT INTO budget_totals (scope, spent, held)
        SELECT scope, @Spent, @Held FROM call_scopes WHERE call_id = @CallId
        ON CONFLICT (scope) DO UPDATE SET spent = spent + excluded.spent, held = held + excluded.held
        """;

    private const string ListScopes = "SELECT scope FROM call_scopes WHERE call_id = @CallId ORDER BY scope";

    private const string Read = """
        SELECT wanted.value AS Scope, coalesce(totals.spent, 0) AS Spent, coalesce(totals.held, 0) AS Held,
            caps.scope IS NOT NULL AS HasCap, caps.cap AS Cap
        FROM json_each(@Scopes) AS wanted
        LEFT JOIN budget_totals AS totals ON totals.scope = wanted.value
        LEFT JOIN budget_caps AS caps ON caps.scope = wanted.value
        """;

    private const string ReadCaps = "SELECT scope AS Scope, 1 AS HasCap, cap AS Cap FROM budget_caps WHERE scope IN (SELECT value FROM json_each(@Scopes))";

    /// <summary>Changes the totals of every budget that a call counts against.</summary>
    public static Task AddAsync(SqliteTransaction transaction, string callId, long spent, long held, CancellationToken ct) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Add, new { CallId = callId, Spent = spent, Held = held }, transaction, cancellationToken: ct));

    /// <summary>The budgets that a call counts against.</summary>
    public static async Task<IReadOnlyList<Budget>> OfCallAsync(SqliteTransaction transaction, string callId, BudgetOptions options, CancellationToken ct)
    {
        var scopes = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(ListScopes, new { CallId = callId }, transaction, cancellationToken: ct));
        return await OfScopesAsync(transaction.Connection!, transaction, [.. scopes.Select(static scope => new BudgetScope(scope))], options, ct);
    }

    /// <summary>How budgets stand, in the order asked for.</summary>
    public static async Task<IReadOnlyList<Budget>> OfScopesAsync(
        SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyList<BudgetScope> scopes, BudgetOptions options, CancellationToken ct)
    {
        var wanted = CallColumnsJson.OfTexts(BudgetRow.ScopesFor(scopes));
        return BudgetRow.ToBudgets(
            scopes, await connection.QueryAsync<BudgetRow>(new CommandDefinition(Read, new { Scopes = wanted }, transaction, cancellationToken: ct)), options);
    }

    /// <summary>Sets a scope's own cap, over one that it has or only where it has none.</summary>
    public static Task<int> SetCapAsync(SqliteConnection connection, BudgetScope scope, Money? cap, bool replaces, CancellationToken ct) => connection.ExecuteAsync(
        new CommandDefinition(replaces ? CallSql.SetCap : CallSql.EnsureCap, new { Scope = scope.Value, Cap = cap?.Picodollars }, cancellationToken: ct));

    /// <summary>The caps that scopes have of their own.</summary>
    public static async Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(
        SqliteConnection connection, IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct) =>
        (await connection.QueryAsync<BudgetRow>(new CommandDefinition(
            ReadCaps, new { Scopes = CallColumnsJson.OfTexts([.. scopes.Select(static scope => scope.Value)]) }, cancellationToken: ct)))
        .ToDictionary(static row => new BudgetScope(row.Scope), static row => row.OwnCap);
}
