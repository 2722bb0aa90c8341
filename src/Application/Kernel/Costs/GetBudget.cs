using FluentValidation;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using MediatR;

namespace Idp.Application.Kernel.Costs;

/// <summary>Reads how a budget stands.</summary>
/// <param name="Scope">What it is for; that of every day stands as today does.</param>
public sealed record GetBudget(BudgetScope Scope) : IRequest<Result<Budget>>;

internal sealed class GetBudgetValidator : AbstractValidator<GetBudget>
{
    public GetBudgetValidator() => RuleFor(request => request.Scope).NotEmpty();
}

internal sealed class GetBudgetHandler(ICostLedger ledger, TimeProvider clock) : IRequestHandler<GetBudget, Result<Budget>>
{
    public async Task<Result<Budget>> Handle(GetBudget request, CancellationToken cancellationToken)
    {
        var budget = await ledger.FindBudgetAsync(request.Scope, cancellationToken);
        if (request.Scope != BudgetScope.EveryDay)
        {
            return budget;
        }

        // Money is spent on days; the default itself spends nothing, and today is what its reader wants to know.
        var today = await ledger.FindBudgetAsync(BudgetScope.Day(clock.GetUtcNow()), cancellationToken);
        return budget with { Spent = today.Spent, Held = today.Held };
    }
}
