using FluentValidation;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using MediatR;

namespace Idp.Application.Kernel.Costs;

/// <summary>Sets the spending cap of a scope. What was spent stays spent; work that stopped at the old cap goes on when it is retried.</summary>
/// <param name="Scope">What it is for.</param>
/// <param name="LimitUsd">US dollars, 0 to a million; null for no limit, whatever the default says.</param>
public sealed record SetBudget(BudgetScope Scope, decimal? LimitUsd) : IRequest<Result<Done>>;

internal sealed class SetBudgetValidator : AbstractValidator<SetBudget>
{
    public SetBudgetValidator()
    {
        RuleFor(request => request.Scope).NotEmpty();
        RuleFor(request => request.LimitUsd).InclusiveBetween(0, BudgetOptions.LargestUsd);
    }
}

internal sealed class SetBudgetHandler(ICostLedger ledger) : IRequestHandler<SetBudget, Result<Done>>
{
    public async Task<Result<Done>> Handle(SetBudget request, CancellationToken cancellationToken)
    {
        await ledger.SetCapAsync(request.Scope, Money.CapOf(request.LimitUsd), cancellationToken);
        return Done.Value;
    }
}
