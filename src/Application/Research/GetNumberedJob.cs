using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Reads the job that has a running number, by which callers of the replaced system know it.</summary>
/// <param name="Number">The number.</param>
public sealed record GetNumberedJob(long Number) : IRequest<Result<JobOverview>>;

internal sealed class GetNumberedJobValidator : AbstractValidator<GetNumberedJob>
{
    public GetNumberedJobValidator() => RuleFor(request => request.Number).GreaterThan(0);
}

internal sealed class GetNumberedJobHandler(IResearchRepository research, ResearchOverviews overviews) : IRequestHandler<GetNumberedJob, Result<JobOverview>>
{
    public async Task<Result<JobOverview>> Handle(GetNumberedJob request, CancellationToken cancellationToken) =>
        await research.FindByNumberAsync(request.Number, cancellationToken) is { } id && await research.FindAsync(id, cancellationToken) is { } standing
            ? await overviews.OfAsync(standing, cancellationToken)
            : ResearchErrors.NumberNotFound(request.Number);
}
