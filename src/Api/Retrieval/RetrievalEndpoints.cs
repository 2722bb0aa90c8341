using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Retrieval;
using Idp.Domain.Documents;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Retrieval;

/// <summary>The routes of searching, and of what makes documents searchable.</summary>
internal static class RetrievalEndpoints
{
    private const int DefaultHits = 10;
    private const int DefaultPassages = 8;

    public static void MapRetrieval(this IEndpointRouteBuilder routes)
    {
        var retrieval = routes.MapGroup("/v1").WithTags("search");
        retrieval.MapPost("search", SearchAsync)
            .Describes<SearchAnswerBody>("search", "Finds the passages of all documents that fit a question best, with their pages and boxes.").Accepts<SearchBody>("application/json").Needs(Role.Viewer);
        retrieval.MapPost("ask", AskAsync)
            .Describes<AnswerBody>("ask", "Answers a question from the documents, with citations; `found` is false where they do not hold the answer.").Accepts<AskBody>("application/json").Needs(Role.Viewer);
        retrieval.MapGet("knowledge", GetOverviewAsync)
            .Describes<KnowledgeOverviewBody>("getKnowledgeOverview", "How many documents are searchable, and how many are still to be made so.");
        retrieval.MapGet("documents/{id:document}/knowledge", GetKnowledgeAsync)
            .Describes<KnowledgeBody>("getKnowledge", "How far the work is that makes a document searchable, and what it says in short.");
        retrieval.MapGet(
                "documents/{id:document}/knowledge/events",
                static (DocumentId id, string? after, [FromHeader(Name = EventEndpoints.LastEventIdHeader)] string? lastEventId, IMediator mediator) =>
                    new EventStream(new KnowledgeTopic(id, mediator), lastEventId, after))
            .DescribesEvents("streamKnowledgeEvents", "How the work gets on that makes a document searchable, as Server-Sent Events, until it ends: `knowledge_progress`, `knowledge_completed`, `knowledge_failed`.");
        retrieval.MapGet("documents/{id:document}/chunks", ListChunksAsync).Describes<ChunkListBody>("listChunks", "The chunks of a document in their order; none before it is searchable.");
    }

    private static async Task<IResult> SearchAsync(HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.SearchBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var reader = new QueryReader();
        var mode = reader.Member<SearchMode>("mode", body.Value.Mode) ?? SearchMode.Hybrid;
        if (SearchFiltersBody.Read(body.Value.Filters, out var problem) is not { } filter || reader.Problem is not null)
        {
            return reader.Problem ?? problem!;
        }

        var found = await mediator.Send(new SearchDocuments(body.Value.Query ?? string.Empty, body.Value.TopK ?? DefaultHits, mode, filter), ct);
        return found.ToHttp(static answer => Answers.Json(SearchAnswerBody.From(answer), ApiJson.Relaxed.SearchAnswerBody));
    }

    private static async Task<IResult> AskAsync(HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.AskBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var reader = new QueryReader();
        var mode = reader.Member<SearchMode>("mode", body.Value.Mode) ?? SearchMode.Hybrid;
        if (SearchFiltersBody.Read(body.Value.Filters, out var problem) is not { } filter || reader.Problem is not null)
        {
            return reader.Problem ?? problem!;
        }

        var answered = await mediator.Send(new AskDocuments(body.Value.Question ?? string.Empty, body.Value.TopK ?? DefaultPassages, filter) { Mode = mode }, ct);
        return answered.ToHttp(static answer => Answers.Json(AnswerBody.From(answer), ApiJson.Relaxed.AnswerBody));
    }

    private static async Task<IResult> GetOverviewAsync(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetKnowledgeOverview(), ct)).ToHttp(static overview => Answers.Json(KnowledgeOverviewBody.From(overview), ApiJson.Relaxed.KnowledgeOverviewBody));

    private static async Task<IResult> GetKnowledgeAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetKnowledge(id), ct)).ToHttp(static knowledge => Answers.Json(KnowledgeBody.From(knowledge), ApiJson.Relaxed.KnowledgeBody));

    private static async Task<IResult> ListChunksAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListChunks(id), ct)).ToHttp(static listing => Answers.Json(ChunkListBody.From(listing), ApiJson.Relaxed.ChunkListBody));
}
