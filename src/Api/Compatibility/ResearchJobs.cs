using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Api.Research;
using Idp.Application.Kernel.Idempotency;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Compatibility;

/// <summary>The paths of ref 004's jobs, on the same use cases; jobs are numbered here, and who submits stands in the query.</summary>
internal static class ResearchJobs
{
    private const int PageSize = 500;

    public static void MapResearchJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs").WithTags("jobs (ref 004)");
        jobs.MapPost("upload", UploadAsync).Describes<NumberedJobBody>("uploadCompanies", "Researches the companies of a CSV `file`.", StatusCodes.Status202Accepted)
            .WithMetadata(new AcceptsMetadata(["multipart/form-data"], typeof(ResearchUploadForm)));
        jobs.MapPost("single", SingleAsync).Describes<NumberedJobBody>("researchCompany", "Researches one company.", StatusCodes.Status202Accepted);
        jobs.MapGet("{number:long}", GetAsync).Describes<NumberedJobBody>("getJob", "One job with its results.");
        jobs.MapGet("{number:long}/progress", ProgressAsync).Describes<NumberedJobBody>("getJobProgress", "How far a job is.");
    }

    private static Task<IResult> UploadAsync(
        HttpContext context, [FromQuery(Name = "submitted_by")] string? submittedBy, IMediator mediator, IIdempotencyStore keys, TimeProvider clock, CancellationToken ct) =>
        StartAsync(
            context,
            async token =>
            {
                var wish = await ResearchWish.ReadAsync(context.Request, mediator, token);
                return wish.IsSuccess && !string.IsNullOrWhiteSpace(submittedBy)
                    ? wish.Value with { Start = wish.Value.Start with { SubmittedBy = submittedBy.Trim() } }
                    : wish;
            },
            mediator, keys, clock, ct);

    private static Task<IResult> SingleAsync(
        HttpContext context, [FromQuery(Name = "company_name")] string? companyName, [FromQuery(Name = "submitted_by")] string? submittedBy, IMediator mediator,
        IIdempotencyStore keys, TimeProvider clock, CancellationToken ct) =>
        StartAsync(
            context,
            _ => Task.FromResult(string.IsNullOrWhiteSpace(companyName)
                ? RequestProblems.Invalid(new FieldError("company_name", "Must name the company."))
                : ResearchWish.OfNames(new ResearchRequestBody([companyName], submittedBy, Rubric: null, default))),
            mediator, keys, clock, ct);

    private static async Task<IResult> StartAsync(
        HttpContext context, Func<CancellationToken, Task<Result<ResearchWish>>> read, IMediator mediator, IIdempotencyStore keys, TimeProvider clock, CancellationToken ct) =>
        (await ResearchEndpoints.StartOnceAsync(context, read, mediator, keys, clock, ct)).ToHttp(job =>
        {
            context.Response.Headers.Location = $"/api/jobs/{job.Number}";
            return Answers.Json(NumberedJobBody.From(job, results: null), ApiJson.Relaxed.NumberedJobBody, StatusCodes.Status202Accepted);
        });

    private static async Task<IResult> ProgressAsync(long number, IMediator mediator, TimeProvider clock, CancellationToken ct) =>
        (await mediator.Send(new GetNumberedJob(number), ct)).ToHttp(overview => Answers.Json(
            NumberedJobBody.From(JobBody.From(overview, clock.GetUtcNow()), results: null), ApiJson.Relaxed.NumberedJobBody));

    private static async Task<IResult> GetAsync(long number, IMediator mediator, TimeProvider clock, CancellationToken ct)
    {
        var found = await mediator.Send(new GetNumberedJob(number), ct);
        if (!found.IsSuccess)
        {
            return new ProblemResult(found.Error);
        }

        var companies = new List<CompanyBody>();
        for (CompanyCursor? cursor = null; ;)
        {
            var page = await mediator.Send(new ListCompanies(found.Value.Standing.Job.Id, Tier: null, cursor, PageSize), ct);
            companies.AddRange((page.Value?.Items ?? []).Select(CompanyBody.From));
            cursor = page.Value?.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        return Answers.Json(NumberedJobBody.From(JobBody.From(found.Value, clock.GetUtcNow()), companies), ApiJson.Relaxed.NumberedJobBody);
    }
}
