using System.Text.Json.Serialization;
using Idp.Api.Kernel.Json;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Costs;

/// <summary>What was spent.</summary>
/// <param name="GroupBy">What the items are told apart by.</param>
/// <param name="Items">Sorted by what they are told apart by.</param>
/// <param name="Total">All items together.</param>
internal sealed record UsageBody(IReadOnlyList<string> GroupBy, IReadOnlyList<UsageItemBody> Items, UsageCostBody Total)
{
    public static UsageBody From(ValueList<UsageGrouping> groupings, UsageReport report) => new(
        [.. groupings.Select(static grouping => grouping.Print())],
        [.. report.Lines.Select(line => UsageItemBody.From(groupings, line))],
        UsageCostBody.From(report.Total));
}

/// <summary>One line of the usage report, with those members that were grouped by; calls outside of any batch have no batch.</summary>
internal sealed record UsageItemBody(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Day,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Batch,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Document,
    UsageCostBody Cost)
{
    public static UsageItemBody From(ValueList<UsageGrouping> groupings, UsageLine line)
    {
        return new UsageItemBody(
            KeyOf(UsageGrouping.Day), KeyOf(UsageGrouping.Model), KeyOf(UsageGrouping.Batch), KeyOf(UsageGrouping.Document), UsageCostBody.From(line.Cost));

        string? KeyOf(UsageGrouping grouping) => groupings.Zip(line.Key).FirstOrDefault(pair => pair.First == grouping).Second;
    }
}

/// <summary>What calls cost, with their tokens.</summary>
/// <param name="Amount">Decimal.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Calls">Calls answered and paid.</param>
/// <param name="UnansweredCalls">Tries that were sent and never answered; they count as paid.</param>
/// <param name="CallsSaved">Calls that packing and caches made unnecessary.</param>
/// <param name="Estimated">True when part of the amount is an estimate.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens answered.</param>
internal sealed record UsageCostBody(
    string Amount, string Currency, int Calls, int UnansweredCalls, int CallsSaved, bool Estimated, long InputTokens, long OutputTokens)
{
    public static UsageCostBody From(CostSummary cost) => new(
        cost.Amount.ToString(), "USD", cost.Calls, cost.UnansweredCalls, cost.CallsSaved, cost.Estimated, cost.InputTokens, cost.OutputTokens);
}
