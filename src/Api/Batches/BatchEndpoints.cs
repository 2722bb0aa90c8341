using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Batches;
using Idp.Application.Kernel.Idempotency;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Batches;

/// <summary>The routes of batches.</summary>
internal static class BatchEndpoints
{
    private const int DefaultPageSize = 50;

    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        var batches = routes.MapGroup("/v1/batches").WithTags("batches");
        batches.MapPost(string.Empty, UploadAsync).Describes<BatchBody>(
                "uploadBatch", "Takes many files in as one job; multipart with `files` and optional `error_strategy`, `priority`, `budget_usd`, `kind`, `schema`, `tags`.",
                StatusCodes.Status202Accepted)
            .WithMetadata(new AcceptsMetadata(["multipart/form-data"], typeof(BatchUploadForm)))

            // Each file has its limit; the form as a whole is streamed and has none.
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        batches.MapGet(string.Empty, ListAsync).Describes<BatchListBody>("listBatches", "Lists batches, newest first.");
        batches.MapGet("{id:batch}", GetAsync).Describes<BatchBody>("getBatch", "One batch: status, counts, the verdict on each file.");
        batches.MapGet("{id:batch}/events", StreamEvents)
            .DescribesEvents("streamBatchEvents", "What happens to a batch and its documents, as Server-Sent Events; ends with `done`.");
        batches.MapPost("{id:batch}/cancel", (BatchId id, IMediator mediator, TimeProvider clock, CancellationToken ct) => ActAsync(new CancelBatch(id), mediator, clock, ct))
            .Describes<BatchBody>("cancelBatch", "Stops every document of a batch; what they have is kept.", StatusCodes.Status202Accepted);
        batches.MapPost("{id:batch}/retry-failed", (BatchId id, IMediator mediator, TimeProvider clock, CancellationToken ct) => ActAsync(new RetryFailedDocuments(id), mediator, clock, ct))
            .Describes<BatchBody>("retryFailedDocuments", "Runs the failed documents of a batch again.", StatusCodes.Status202Accepted);
    }

    /// <summary>Takes a batch in; also for the paths of the system that this replaces.</summary>
    internal static async Task<IResult> UploadAsync(HttpContext context, IMediator mediator, IIdempotencyStore keys, TimeProvider clock, CancellationToken ct)
    {
        var opened = MultipartUpload.Open(context.Request, BatchForm.FileParts);
        if (!opened.IsSuccess)
        {
            return new ProblemResult(opened.Error);
        }

        var form = new BatchForm(opened.Value);
        var once = new IdempotentCreation<BatchBody>(CreateAsync, form.ReadPayloadAsync, ApiJson.Relaxed.BatchBody);
        return (await once.RunAsync(context, keys, ct)).ToHttp(body =>
        {
            context.Response.Headers.Location = $"/v1/batches/{body.Id}";
            return Answers.Json(body, ApiJson.Relaxed.BatchBody, StatusCodes.Status202Accepted);
        });

        async Task<Result<Created<BatchBody>>> CreateAsync(CancellationToken token)
        {
            var uploaded = await mediator.Send(new UploadBatch(form.FilesAsync(token), form.Terms), token);
            return uploaded.IsSuccess ? new Created<BatchBody>(BatchBody.From(uploaded.Value, clock.GetUtcNow()), form.Payload()) : uploaded.Error;
        }
    }

    /// <summary>Lists batches; also for the paths of the system that this replaces.</summary>
    internal static async Task<IResult> ListAsync(string? status, string? cursor, string? limit, IMediator mediator, TimeProvider clock, CancellationToken ct)
    {
        var query = new QueryReader();
        var wanted = new ListBatches(query.Member<BatchStatus>("status", status), query.Cursor<BatchId>(cursor), query.Number("limit", limit) ?? DefaultPageSize);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var listed = await mediator.Send(wanted, ct);
        return listed.ToHttp(listing => Answers.Json(
            new BatchListBody([.. listing.Items.Select(item => BatchBody.From(item, clock.GetUtcNow()))], listing.NextCursor?.ToString()), ApiJson.Relaxed.BatchListBody));
    }

    /// <summary>One batch; also for the paths of the system that this replaces.</summary>
    internal static async Task<IResult> GetAsync(BatchId id, IMediator mediator, TimeProvider clock, CancellationToken ct) =>
        (await mediator.Send(new GetBatch(id), ct)).ToHttp(overview => Answers.Json(BatchBody.From(overview, clock.GetUtcNow()), ApiJson.Relaxed.BatchBody));

    /// <summary>The events of one batch; also for the paths of the system that this replaces.</summary>
    internal static EventStream StreamEvents(
        BatchId id, string? after, [FromHeader(Name = EventEndpoints.LastEventIdHeader)] string? lastEventId, IMediator mediator, TimeProvider clock) =>
        new(new BatchTopic(id, mediator, clock), lastEventId, after);

    private static async Task<IResult> ActAsync(IRequest<Result<BatchOverview>> action, IMediator mediator, TimeProvider clock, CancellationToken ct) =>
        (await mediator.Send(action, ct)).ToHttp(overview => Answers.Json(
            BatchBody.From(overview, clock.GetUtcNow()), ApiJson.Relaxed.BatchBody, StatusCodes.Status202Accepted));
}
