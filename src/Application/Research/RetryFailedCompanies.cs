using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Research;

/// <summary>Runs the failed companies of a job again, and no others; nothing when none failed.</summary>
/// <param name="Id">The job.</param>
public sealed record RetryFailedCompanies(JobId Id) : IRequest<Result<JobOverview>>;

internal sealed class RetryFailedCompaniesValidator : AbstractValidator<RetryFailedCompanies>
{
    public RetryFailedCompaniesValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class RetryFailedCompaniesHandler(
    IResearchRepository research, ResearchOverviews overviews, TimeProvider clock, ILogger<RetryFailedCompaniesHandler> logger)
    : IRequestHandler<RetryFailedCompanies, Result<JobOverview>>
{
    public async Task<Result<JobOverview>> Handle(RetryFailedCompanies request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var retried = await research.RetryFailedAsync(request.Id, company => CompanyWork.First(company, now, clock), cancellationToken);
        if (retried > 0)
        {
            logger.CompaniesRetried(request.Id, retried);
        }

        return await research.FindAsync(request.Id, cancellationToken) is { } standing
            ? await overviews.OfAsync(standing, cancellationToken)
            : ResearchErrors.NotFound(request.Id);
    }
}
