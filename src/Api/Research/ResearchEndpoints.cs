using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Idempotency;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Research;

/// <summary>The routes of research jobs.</summary>
internal static class ResearchEndpoints
{
    private const int DefaultJobs = 50;
    private const int DefaultCompanies = 200;

    public static void MapResearch(this IEndpointRouteBuilder routes)
    {
        var research = routes.MapGroup("/v1/research").WithTags("research");
        research.MapPost(string.Empty, StartAsync).Describes<JobBody>(
                "startResearch", "Begins to research companies: multipart with a CSV `file`, or JSON with `companies`; optional `submitted_by`, `rubric`, `budget_usd`.",
                StatusCodes.Status202Accepted)
            .WithMetadata(new AcceptsMetadata(["multipart/form-data", "application/json"], typeof(ResearchUploadForm)));
        research.MapGet(string.Empty, ListAsync).Describes<JobListBody>("listResearch", "Lists jobs, newest first.");
        research.MapGet("{id:job}", GetAsync).Describes<JobBody>("getResearch", "One job: status, counts, tiers, cost, rows that were not taken in.");
        research.MapGet("{id:job}/results", ListCompaniesAsync).Describes<CompanyListBody>("listCompanies", "The companies of a job by score, best first; with `tier` those of one tier.");
        research.MapGet("{id:job}/results.csv", ExportAsync).Describes(
            "exportCompanies", "The same as a file for spreadsheets; no cell is a formula.", typeof(byte[]), "text/csv; charset=utf-8", StatusCodes.Status200OK);
        research.MapGet("{id:job}/events", StreamEvents)
            .DescribesEvents("streamResearchEvents", "What happens to a job and its companies, as Server-Sent Events; ends with `done`.");
        research.MapPost("{id:job}/cancel", (JobId id, IMediator mediator, TimeProvider clock, CancellationToken ct) => ActAsync(new CancelResearchJob(id), mediator, clock, ct))
            .Describes<JobBody>("cancelResearch", "Stops every company of a job that has not ended; what there is is kept.", StatusCodes.Status202Accepted);
        research.MapPost("{id:job}/retry-failed", (JobId id, IMediator mediator, TimeProvider clock, CancellationToken ct) => ActAsync(new RetryFailedCompanies(id), mediator, clock, ct))
            .Describes<JobBody>("retryFailedCompanies", "Runs the failed companies of a job again.", StatusCodes.Status202Accepted);
    }

    /// <summary>Begins a job with what <paramref name="read"/> finds in the request; once however often it is sent with one key.</summary>
    internal static async Task<Result<JobBody>> StartOnceAsync(
        HttpContext context, Func<CancellationToken, Task<Result<ResearchWish>>> read, IMediator mediator, IIdempotencyStore keys, TimeProvider clock, CancellationToken ct)
    {
        return await new IdempotentCreation<JobBody>(CreateAsync, ReadPayloadAsync, ApiJson.Relaxed.JobBody).RunAsync(context, keys, ct);

        async Task<Result<Created<JobBody>>> CreateAsync(CancellationToken token)
        {
            var wish = await read(token);
            if (!wish.IsSuccess)
            {
                return wish.Error;
            }

            var started = await mediator.Send(wish.Value.Start, token);
            return started.IsSuccess ? new Created<JobBody>(JobBody.From(started.Value, clock.GetUtcNow()), wish.Value.Payload) : started.Error;
        }

        async Task<Result<Fingerprint>> ReadPayloadAsync(CancellationToken token)
        {
            var wish = await read(token);
            return wish.IsSuccess ? wish.Value.Payload : wish.Error;
        }
    }

    private static async Task<IResult> StartAsync(HttpContext context, IMediator mediator, IIdempotencyStore keys, TimeProvider clock, CancellationToken ct)
    {
        var started = await StartOnceAsync(context, token => ResearchWish.ReadAsync(context.Request, mediator, token), mediator, keys, clock, ct);
        return started.ToHttp(body =>
        {
            context.Response.Headers.Location = $"/v1/research/{body.Id}";
            return Answers.Json(body, ApiJson.Relaxed.JobBody, StatusCodes.Status202Accepted);
        });
    }

    private static async Task<IResult> ListAsync(string? cursor, string? limit, IMediator mediator, TimeProvider clock, CancellationToken ct)
    {
        var query = new QueryReader();
        var wanted = new ListResearchJobs(query.Cursor<JobId>(cursor), query.Number("limit", limit) ?? DefaultJobs);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        return (await mediator.Send(wanted, ct)).ToHttp(listing => Answers.Json(
            new JobListBody([.. listing.Items.Select(item => JobBody.From(item, clock.GetUtcNow()))], listing.NextCursor?.ToString()), ApiJson.Relaxed.JobListBody));
    }

    private static async Task<IResult> GetAsync(JobId id, IMediator mediator, TimeProvider clock, CancellationToken ct) =>
        (await mediator.Send(new GetResearchJob(id), ct)).ToHttp(overview => Answers.Json(JobBody.From(overview, clock.GetUtcNow()), ApiJson.Relaxed.JobBody));

    private static async Task<IResult> ListCompaniesAsync(JobId id, string? tier, string? cursor, string? limit, IMediator mediator, CancellationToken ct)
    {
        var query = new QueryReader();
        var count = query.Number("limit", limit) ?? DefaultCompanies;
        CompanyCursor? after = null;
        if (!string.IsNullOrEmpty(cursor) && (after = CompanyCursorText.Read(cursor)) is null)
        {
            return new ProblemResult(RequestProblems.Invalid(new FieldError("cursor", "Must be the next_cursor of an earlier answer.")));
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        var listed = await mediator.Send(new ListCompanies(id, string.IsNullOrEmpty(tier) ? null : tier, after, count), ct);
        return listed.ToHttp(static listing => Answers.Json(
            new CompanyListBody([.. listing.Items.Select(CompanyBody.From)], listing.NextCursor?.Print()), ApiJson.Relaxed.CompanyListBody));
    }

    private static async Task<IResult> ExportAsync(JobId id, string? tier, string? bom, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetResearchJob(id), ct)).ToHttp(overview => new CompanyCsv(
            id, overview.Standing.Job.Number, string.IsNullOrEmpty(tier) ? null : tier, bom is "true" or "1", mediator));

    private static EventStream StreamEvents(
        JobId id, string? after, [FromHeader(Name = EventEndpoints.LastEventIdHeader)] string? lastEventId, IMediator mediator, TimeProvider clock) =>
        new(new ResearchTopic(id, mediator, clock), lastEventId, after);

    private static async Task<IResult> ActAsync(IRequest<Result<JobOverview>> action, IMediator mediator, TimeProvider clock, CancellationToken ct) =>
        (await mediator.Send(action, ct)).ToHttp(overview => Answers.Json(JobBody.From(overview, clock.GetUtcNow()), ApiJson.Relaxed.JobBody, StatusCodes.Status202Accepted));
}
