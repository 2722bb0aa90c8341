using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Domain.Kernel.Costs;

namespace Idp.Api.Kernel.Costs;

/// <summary>How a budget stands.</summary>
/// <param name="Scope">What it is for.</param>
/// <param name="LimitUsd">The most that may be spent; null for no limit.</param>
/// <param name="SpentUsd">Spent so far, with what was possibly paid without an answer.</param>
/// <param name="HeldUsd">Reserved for calls under way.</param>
/// <param name="RemainingUsd">What may still be reserved; null without a limit.</param>
/// <param name="Currency">ISO 4217.</param>
internal sealed record BudgetBody(string Scope, string? LimitUsd, string SpentUsd, string HeldUsd, string? RemainingUsd, string Currency)
{
    public static BudgetBody From(Budget budget) => new(
        budget.Scope.Value, budget.Cap?.Print(), budget.Spent.Print(), budget.Held.Print(), budget.Remaining?.Print(), "USD");
}

/// <summary>A new limit; one of the members is expected, the others are other names for it.</summary>
/// <param name="LimitUsd">A decimal string, a number, or null for no limit.</param>
/// <param name="BudgetUsd">The same.</param>
/// <param name="CapUsd">The same.</param>
internal sealed record BudgetChangeBody(JsonElement LimitUsd, JsonElement BudgetUsd, JsonElement CapUsd)
{
    /// <summary>The member that was sent, by name; without any, an undefined value of the first.</summary>
    public (string Name, JsonElement Value) Limit() =>
        new[] { ("limit_usd", LimitUsd), ("budget_usd", BudgetUsd), ("cap_usd", CapUsd) }.FirstOrDefault(
            static member => member.Item2.ValueKind != JsonValueKind.Undefined, ("limit_usd", default));
}
