using FluentValidation;
using Idp.Application.Kernel.Work;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Research;

/// <summary>Stops every company of a job that has not ended; what there is is kept.</summary>
/// <param name="Id">The job.</param>
public sealed record CancelResearchJob(JobId Id) : IRequest<Result<JobOverview>>;

internal sealed class CancelResearchJobValidator : AbstractValidator<CancelResearchJob>
{
    public CancelResearchJobValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class CancelResearchJobHandler(
    IResearchRepository research, RunningWork running, ResearchOverviews overviews, ILogger<CancelResearchJobHandler> logger)
    : IRequestHandler<CancelResearchJob, Result<JobOverview>>
{
    public async Task<Result<JobOverview>> Handle(CancelResearchJob request, CancellationToken cancellationToken)
    {
        if (await research.FindAsync(request.Id, cancellationToken) is not { } before)
        {
            return ResearchErrors.NotFound(request.Id);
        }

        if (before.Job.HasEnded)
        {
            return before.Job.Status == JobStatus.Cancelled
                ? await overviews.OfAsync(before, cancellationToken)
                : ResearchErrors.AlreadyEnded(request.Id, before.Job.Status);
        }

        // Durable first: what is cut off in this process afterwards cannot come back.
        var cancelled = await research.CancelAsync(request.Id, ResearchEvents.OfJob, cancellationToken) ?? [];
        foreach (var company in cancelled)
        {
            running.Cancel(company.ToString());
        }

        logger.JobCancelled(request.Id, cancelled.Count);
        return await research.FindAsync(request.Id, cancellationToken) is { } standing
            ? await overviews.OfAsync(standing, cancellationToken)
            : ResearchErrors.NotFound(request.Id);
    }
}
