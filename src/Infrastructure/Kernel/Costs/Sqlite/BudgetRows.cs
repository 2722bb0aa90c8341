using Dapper;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel.Costs;
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

    private const string SetCap = "INSERT INTO budget_caps (scope, cap) VALUES (@Scope, @Cap) ON CONFLICT (scope) DO UPDATE SET cap = excluded.cap";

    private const string EnsureCap = "INSERT INTO budget_caps (scope, cap) VALUES (@Scope, @Cap) ON CONFLICT (scope) DO NOTHING";

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
        var wanted = CallColumnsJson.OfTexts(
            [.. scopes.Concat(scopes.Select(static scope => scope.Default).OfType<BudgetScope>()).Select(static scope => scope.Value).Distinct(StringComparer.Ordinal)]);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(Read, new { Scopes = wanted }, transaction, cancellationToken: ct)))
            .ToDictionary(static row => row.Scope, StringComparer.Ordinal);
        return [.. scopes.Select(scope => new Budget(scope, CapOf(scope, rows, options), new Money(rows[scope.Value].Spent), new Money(rows[scope.Value].Held)))];
    }

    /// <summary>Sets a scope's own cap, over one that it has or only where it has none.</summary>
    public static Task<int> SetCapAsync(SqliteConnection connection, BudgetScope scope, Money? cap, bool replaces, CancellationToken ct) => connection.ExecuteAsync(
        new CommandDefinition(replaces ? SetCap : EnsureCap, new { Scope = scope.Value, Cap = cap?.Picodollars }, cancellationToken: ct));

    /// <summary>The caps that scopes have of their own.</summary>
    public static async Task<IReadOnlyDictionary<BudgetScope, Money?>> OwnCapsAsync(
        SqliteConnection connection, IReadOnlyCollection<BudgetScope> scopes, CancellationToken ct) =>
        (await connection.QueryAsync<Row>(new CommandDefinition(
            ReadCaps, new { Scopes = CallColumnsJson.OfTexts([.. scopes.Select(static scope => scope.Value)]) }, cancellationToken: ct)))
        .ToDictionary(static row => new BudgetScope(row.Scope), static row => row.OwnCap);

    private static Money? CapOf(BudgetScope scope, Dictionary<string, Row> rows, BudgetOptions options) =>
        rows[scope.Value] is { HasCap: not 0 } own ? own.OwnCap
        : scope.Default is { } kind ? CapOf(kind, rows, options)
        : options.CapOf(scope);

    /// <summary>Set by name: SQLite names no types for columns that are null.</summary>
    private sealed record Row
    {
        public string Scope { get; init; } = string.Empty;

        public long Spent { get; init; }

        public long Held { get; init; }

        public long HasCap { get; init; }

        public long? Cap { get; init; }

        public Money? OwnCap => Cap is { } cap ? new Money(cap) : null;
    }
}
