using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Lists jobs, newest first.</summary>
/// <param name="Cursor">Only older than this job.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record ListResearchJobs(JobId? Cursor, int Limit) : IRequest<Result<JobListing>>;

/// <summary>One page of the list.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record JobListing(ValueList<JobOverview> Items, JobId? NextCursor);

internal sealed class ListResearchJobsValidator : AbstractValidator<ListResearchJobs>
{
    public ListResearchJobsValidator() => RuleFor(request => request.Limit).InclusiveBetween(1, 200);
}

internal sealed class ListResearchJobsHandler(IResearchRepository research, ResearchOverviews overviews) : IRequestHandler<ListResearchJobs, Result<JobListing>>
{
    public async Task<Result<JobListing>> Handle(ListResearchJobs request, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page.
        var found = await research.ListAsync(request.Cursor, request.Limit + 1, cancellationToken);
        var items = new List<JobOverview>();
        foreach (var standing in found.Take(request.Limit))
        {
            items.Add(await overviews.OfAsync(standing, cancellationToken));
        }

        return new JobListing(items.ToValueList(), found.Count > request.Limit ? items[^1].Standing.Job.Id : null);
    }
}
