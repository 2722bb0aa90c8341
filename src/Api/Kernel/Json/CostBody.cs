using Idp.Application.Kernel.Costs;

namespace Idp.Api.Kernel.Json;

/// <summary>What a document cost.</summary>
/// <param name="Amount">Decimal.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Calls">Paid calls made.</param>
/// <param name="CallsSaved">Paid calls that packing and caches made unnecessary.</param>
/// <param name="Estimated">True when part of the amount is an estimate: calls under way or never answered, or a provider that does not report its usage.</param>
internal sealed record CostBody(string Amount, string Currency, int Calls, int CallsSaved, bool Estimated)
{
    public static CostBody From(CostSummary cost) => new(cost.Amount.ToString(), "USD", cost.Calls, cost.CallsSaved, cost.Estimated);
}
