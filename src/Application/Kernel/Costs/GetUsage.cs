using FluentValidation;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Kernel.Costs;

/// <summary>Reports what was spent.</summary>
/// <param name="GroupBy">What to tell apart, in this order; nothing gives one line.</param>
public sealed record GetUsage(ValueList<UsageGrouping> GroupBy) : IRequest<Result<UsageReport>>;

/// <summary>What was spent.</summary>
/// <param name="Lines">Sorted by key.</param>
/// <param name="Total">All lines together.</param>
public sealed record UsageReport(ValueList<UsageLine> Lines, CostSummary Total);

internal sealed class GetUsageValidator : AbstractValidator<GetUsage>
{
    public GetUsageValidator()
    {
        RuleForEach(request => request.GroupBy).IsInEnum();
        RuleFor(request => request.GroupBy).Must(static groupings => groupings.Distinct().Count() == groupings.Count).WithMessage("Each grouping may stand once.");
    }
}

internal sealed class GetUsageHandler(ICostLedger ledger) : IRequestHandler<GetUsage, Result<UsageReport>>
{
    public async Task<Result<UsageReport>> Handle(GetUsage request, CancellationToken cancellationToken)
    {
        var lines = await ledger.UsageAsync(request.GroupBy, cancellationToken);
        return new UsageReport(lines, lines.Aggregate(CostSummary.Nothing, static (sum, line) => sum + line.Cost));
    }
}
