using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Reads one job with its counts and cost.</summary>
/// <param name="Id">The job.</param>
public sealed record GetResearchJob(JobId Id) : IRequest<Result<JobOverview>>;

internal sealed class GetResearchJobValidator : AbstractValidator<GetResearchJob>
{
    public GetResearchJobValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetResearchJobHandler(IResearchRepository research, ResearchOverviews overviews) : IRequestHandler<GetResearchJob, Result<JobOverview>>
{
    public async Task<Result<JobOverview>> Handle(GetResearchJob request, CancellationToken cancellationToken) =>
        await research.FindAsync(request.Id, cancellationToken) is { } standing
            ? await overviews.OfAsync(standing, cancellationToken)
            : ResearchErrors.NotFound(request.Id);
}
