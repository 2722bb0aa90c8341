using FluentValidation;
using Idp.Application.Kernel.Costs;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Lists the companies of a job, best first.</summary>
/// <param name="Job">The job.</param>
/// <param name="Tier">Only of this tier, in any letter case; null for all companies, those without a result too.</param>
/// <param name="Cursor">Only after this one.</param>
/// <param name="Limit">1 to 500.</param>
public sealed record ListCompanies(JobId Job, string? Tier, CompanyCursor? Cursor, int Limit) : IRequest<Result<CompanyListing>>;

/// <summary>One page of the list.</summary>
/// <param name="Items">The companies.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record CompanyListing(ValueList<CompanyOverview> Items, CompanyCursor? NextCursor);

/// <summary>A company with what it cost.</summary>
/// <param name="Company">The company.</param>
/// <param name="Cost">Its searches and analyses.</param>
public sealed record CompanyOverview(Company Company, CostSummary Cost);

internal sealed class ListCompaniesValidator : AbstractValidator<ListCompanies>
{
    public ListCompaniesValidator() => RuleFor(request => request.Limit).InclusiveBetween(1, CompanyQuery.MaximumLimit - 1);
}

internal sealed class ListCompaniesHandler(IResearchRepository research, ICostLedger ledger) : IRequestHandler<ListCompanies, Result<CompanyListing>>
{
    public async Task<Result<CompanyListing>> Handle(ListCompanies request, CancellationToken cancellationToken)
    {
        if (await research.FindAsync(request.Job, cancellationToken) is not { } standing)
        {
            return ResearchErrors.NotFound(request.Job);
        }

        var tier = standing.Job.Rubric.Tiers.FirstOrDefault(tier => string.Equals(tier.Name, request.Tier, StringComparison.OrdinalIgnoreCase))?.Name ?? request.Tier;

        // One more than asked for tells whether there is a next page.
        var found = await research.ListCompaniesAsync(new CompanyQuery(request.Job, tier, request.Cursor, request.Limit + 1), cancellationToken);
        var page = found.Take(request.Limit).ToList();
        var costs = await ledger.CostsOfAsync([.. page.Select(static company => company.Id.ToString())], cancellationToken);
        return new CompanyListing(
            page.Select(company => new CompanyOverview(company, costs.GetValueOrDefault(company.Id.ToString(), CostSummary.Nothing))).ToValueList(),
            found.Count > request.Limit ? new CompanyCursor(page[^1].Findings?.Score ?? -1, page[^1].Row) : null);
    }
}
