using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>How one budget stands in the tables; set by name, because SQLite names no types for columns that are null.</summary>
internal sealed record BudgetRow
{
    public string Scope { get; init; } = string.Empty;

    public long Spent { get; init; }

    public long Held { get; init; }

    public long HasCap { get; init; }

    public long? Cap { get; init; }

    /// <summary>The scope's own cap; null for none or no limit.</summary>
    public Money? OwnCap => Cap is { } cap ? new Money(cap) : null;

    /// <summary>The scopes that must be read to know how some stand: their defaults too.</summary>
    public static string[] ScopesFor(IReadOnlyList<BudgetScope> scopes) =>
        [.. scopes.Concat(scopes.Select(static scope => scope.Default).OfType<BudgetScope>()).Select(static scope => scope.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The budgets that rows of <see cref="ScopesFor"/> tell of, in the order asked for.</summary>
    public static IReadOnlyList<Budget> ToBudgets(IReadOnlyList<BudgetScope> scopes, IEnumerable<BudgetRow> read, BudgetOptions options)
    {
        var rows = read.ToDictionary(static row => row.Scope, StringComparer.Ordinal);
        return [.. scopes.Select(scope => new Budget(scope, CapOf(scope, rows, options), new Money(rows[scope.Value].Spent), new Money(rows[scope.Value].Held)))];
    }

    private static Money? CapOf(BudgetScope scope, Dictionary<string, BudgetRow> rows, BudgetOptions options) =>
        rows[scope.Value] is { HasCap: not 0 } own ? own.OwnCap
        : scope.Default is { } kind ? CapOf(kind, rows, options)
        : options.CapOf(scope);
}
