using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Documents;

/// <summary>The routes of documents.</summary>
internal static class DocumentEndpoints
{
    private const int DefaultPageSize = 50;

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/v1/documents").WithTags("documents");
        documents.MapPost(string.Empty, DocumentUpload.HandleAsync).Describes<DocumentBody>(
                "uploadDocument", "Takes a file in and queues it; multipart with `file` and optional `kind`, `priority`, `budget_usd`, `schema`, `tags`.", StatusCodes.Status202Accepted)
            .WithMetadata(UploadForm.Metadata)

            // The use case refuses what is over the limit as it streams. The server's own limit would close the connection on a sender in the middle
            // of its file, who then never sees the answer.
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        documents.MapGet(string.Empty, ListAsync).Describes<DocumentListBody>("listDocuments", "Lists documents, newest first.");
        documents.MapGet("{id:document}", GetAsync).Describes<DocumentBody>("getDocument", "One document: status, stages, accounts, problems.");
        documents.MapDelete("{id:document}", DeleteAsync)
            .Describes("deleteDocument", "Removes a document with everything derived from it.", body: null, contentType: null, StatusCodes.Status204NoContent)

            // Its trail of reviews goes with it, and those whose work is audited must not be able to do that.
            .Needs(Role.Admin);
        documents.MapGet("{id:document}/events", static (DocumentId id, string? after, [FromHeader(Name = EventEndpoints.LastEventIdHeader)] string? lastEventId, IMediator mediator) =>
                new EventStream(new DocumentTopic(id, mediator), lastEventId, after))
            .DescribesEvents("streamDocumentEvents", "What happens to a document, as Server-Sent Events, until it ends.");
        documents.MapPost("{id:document}/process", ProcessAsync)
            .Describes<DocumentBody>("processDocument", "Sees to it that a document is processed; `force` runs it again.", StatusCodes.Status202Accepted)
            .Accepts<ProcessBody>(isOptional: true, "application/json");
        documents.MapPost("{id:document}/cancel", (DocumentId id, IMediator mediator, CancellationToken ct) => ActAsync(new CancelDocument(id), mediator, ct))
            .Describes<DocumentBody>("cancelDocument", "Stops a document; what it has is kept.", StatusCodes.Status202Accepted);
        documents.MapPost("{id:document}/retry", (DocumentId id, IMediator mediator, CancellationToken ct) => ActAsync(new RetryDocument(id), mediator, ct))
            .Describes<DocumentBody>("retryDocument", "Runs a failed, partial or cancelled document again.", StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        string? status, string? kind, string? q, string? cursor, string? limit, string? batch_id, IMediator mediator, CancellationToken ct)
    {
        var query = new QueryReader();
        var wanted = new ListDocuments(
            query.Member<DocumentStatus>("status", status), query.Member<DocumentKind>("kind", kind), string.IsNullOrWhiteSpace(q) ? null : q.Trim(),
            query.Cursor<DocumentId>(cursor), query.Number("limit", limit) ?? DefaultPageSize)
        {
            Batch = query.Id<BatchId>("batch_id", batch_id, "Must be the id of a batch."),
        };
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var listed = await mediator.Send(wanted, ct);
        return listed.ToHttp(listing => Answers.Json(
            new DocumentListBody([.. listing.Items.Select(DocumentBody.From)], listing.NextCursor?.ToString()), ApiJson.Relaxed.DocumentListBody));
    }

    private static async Task<IResult> GetAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetDocument(id), ct)).ToHttp(static overview => Answers.Json(DocumentBody.From(overview), ApiJson.Relaxed.DocumentBody));

    private static async Task<IResult> DeleteAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new DeleteDocument(id), ct)).ToHttp(static _ => TypedResults.NoContent());

    private static async Task<IResult> ProcessAsync(DocumentId id, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.ProcessBody, new ProcessBody(), ct);
        return body.IsSuccess ? await ActAsync(new ProcessDocument(id, body.Value.Force), mediator, ct) : new ProblemResult(body.Error);
    }

    private static async Task<IResult> ActAsync(IRequest<Result<Document>> action, IMediator mediator, CancellationToken ct)
    {
        var done = await mediator.Send(action, ct);
        if (!done.IsSuccess)
        {
            return new ProblemResult(done.Error);
        }

        var overview = await mediator.Send(new GetDocument(done.Value.Id), ct);
        return overview.ToHttp(static current => Answers.Json(DocumentBody.From(current), ApiJson.Relaxed.DocumentBody, StatusCodes.Status202Accepted));
    }
}
