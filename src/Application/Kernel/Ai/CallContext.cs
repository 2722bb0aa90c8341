using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Kernel.Ai;

/// <summary>On whose behalf a model is called.</summary>
/// <param name="Subject">The printed id of the document or job that pays.</param>
/// <param name="Priority">Who goes first at the gate.</param>
/// <param name="Scopes">Every budget that the call counts against besides the day's: the document's, its batch's.</param>
public sealed record CallContext(string Subject, Priority Priority, ValueList<BudgetScope> Scopes)
{
    /// <summary>The document's batch, for the usage report; null when it is in none.</summary>
    public string? Batch { get; init; }

    /// <summary>
    /// The run that asks, the same after a crash; empty when there are none. A reply that one run could not use is asked for anew by the next.
    /// </summary>
    public string Run { get; init; } = string.Empty;
}
