using System.ComponentModel.DataAnnotations;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Kernel.Costs;

/// <summary>Spending caps that hold unless a scope has its own; section <c>BUDGET</c>.</summary>
public sealed class BudgetOptions
{
    /// <summary>The largest cap that can be set, in US dollars.</summary>
    public const int LargestUsd = 1_000_000;

    /// <summary>The most one document may cost, in US dollars.</summary>
    /// <value>Default none.</value>
    [Range(0, LargestUsd)]
    public decimal? PerDocumentUsd { get; init; }

    /// <summary>The most one day (UTC) may cost, in US dollars.</summary>
    /// <value>Default none.</value>
    [Range(0, LargestUsd)]
    public decimal? PerDayUsd { get; init; }

    /// <summary>The cap of a default scope; null for none, and for every other scope.</summary>
    public Money? CapOf(BudgetScope scope) =>
        scope == BudgetScope.EveryDocument ? Money.CapOf(PerDocumentUsd)
        : scope == BudgetScope.EveryDay ? Money.CapOf(PerDayUsd)
        : null;
}
