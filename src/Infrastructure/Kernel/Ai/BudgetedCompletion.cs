using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Puts the worst case of a call before its budgets. The retries are further inside, so each of them reserves by itself.</summary>
internal sealed class BudgetedCompletion(IModelCompletion inner, ICostLedger ledger, ModelPricing pricing, ModelIdentity model) : IModelCompletion
{
    public async Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct)
    {
        var price = pricing.Current;
        if (price is null && await IsAnyCappedAsync(call.Scopes, ct))
        {
            return ModelErrors.PriceUnknown(model.Model);
        }

        var worstCase = price?.CostOf(new TokenUsage(call.Request.InputTokenBound, call.Request.MaximumOutputTokens)) ?? Money.Zero;
        return await inner.CompleteAsync(call with { Tries = new CallTries(ledger, call.Id, worstCase) }, ct);
    }

    private async Task<bool> IsAnyCappedAsync(ValueList<BudgetScope> scopes, CancellationToken ct)
    {
        foreach (var scope in scopes)
        {
            if ((await ledger.FindBudgetAsync(scope, ct)).Cap is not null)
            {
                return true;
            }
        }

        return false;
    }
}
