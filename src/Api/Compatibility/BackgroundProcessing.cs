using System.Collections.Frozen;
using Idp.Api.Documents;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using MediatR;

namespace Idp.Api.Compatibility;

/// <summary>The paths of the background processing system that this one replaces (reference 002); pages and accounts count from 0 here.</summary>
internal static class BackgroundProcessing
{
    public static void MapBackgroundProcessing(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("compatibility").WithMetadata(new ReportsSuccess());
        api.MapGet("background-processor/status", ProcessorStatusAsync).Describes<BackgroundProcessorBody>("getBackgroundProcessor", "What the processor is doing.");
        api.MapPost("background-processor/restart", RestartAsync).Describes<BackgroundProcessorBody>("restartBackgroundProcessor", "Restarts the processor.").Needs(Role.Admin);

        var document = api.MapGroup("document/{id:document}");
        document.MapGet("background-status", StatusAsync).Describes<BackgroundStatusBody>("getBackgroundStatus", "How far a document is.");
        document.MapPost("force-background-processing", ForceAsync).Describes<ForcedProcessingBody>("forceBackgroundProcessing", "Runs a document, again if need be.");
        document.MapGet("page/{pageNumber:int}/cached-data", (DocumentId id, int pageNumber, IMediator mediator, CancellationToken ct) =>
                PageAsync(id, pageNumber, accountIndex: null, hasten: false, mediator, ct))
            .Describes<CachedPageBody>("getCachedPageData", "A page's data, or how far it is.");
        document.MapGet("page/{pageNumber:int}/extract", (DocumentId id, int pageNumber, IMediator mediator, CancellationToken ct) =>
                PageAsync(id, pageNumber, accountIndex: null, hasten: true, mediator, ct))
            .Describes<CachedPageBody>("extractPage", "A page's data; a document that waits is moved to the front.");
        document.MapGet("account/{accountIndex:int}/page/{pageNumber:int}/data", (DocumentId id, int accountIndex, int pageNumber, IMediator mediator, CancellationToken ct) =>
                PageAsync(id, pageNumber, accountIndex, hasten: false, mediator, ct))
            .Describes<CachedPageBody>("getAccountPageData", "A page's data for one account.");
    }

    private static async Task<IResult> StatusAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetDocument(id), ct)).ToHttp(static overview => Answers.Json(
            new BackgroundStatusBody(true, BackgroundStatus.From(DocumentBody.From(overview))), ApiJson.Relaxed.BackgroundStatusBody));

    private static async Task<IResult> ForceAsync(DocumentId id, IMediator mediator, CancellationToken ct)
    {
        var started = await mediator.Send(new ProcessDocument(id, Force: true), ct);
        if (!started.IsSuccess)
        {
            return new ProblemResult(started.Error);
        }

        return (await mediator.Send(new GetDocument(id), ct)).ToHttp(overview => Answers.Json(
            new ForcedProcessingBody(true, "Background processing is under way.", id.ToString(), BackgroundStatus.From(DocumentBody.From(overview))),
            ApiJson.Relaxed.ForcedProcessingBody));
    }

    private static async Task<IResult> ProcessorStatusAsync(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetProcessorStatus(), ct)).ToHttp(static status => Answers.Json(
            new BackgroundProcessorBody(true, BackgroundProcessorStatus.From(ProcessorBody.From(status))), ApiJson.Relaxed.BackgroundProcessorBody));

    private static async Task<IResult> RestartAsync(IMediator mediator, CancellationToken ct)
    {
        var restarted = await mediator.Send(new RestartProcessor(), ct);
        return restarted.IsSuccess ? await ProcessorStatusAsync(mediator, ct) : new ProblemResult(restarted.Error);
    }

    private static async Task<IResult> PageAsync(DocumentId id, int pageNumber, int? accountIndex, bool hasten, IMediator mediator, CancellationToken ct)
    {
        if (pageNumber is < 0 or int.MaxValue)
        {
            return new ProblemResult(DocumentErrors.PageNotFound(pageNumber));
        }

        var found = await mediator.Send(new GetPageFields(id, pageNumber + 1, accountIndex), ct);
        if (!found.IsSuccess)
        {
            // Counted as the caller counts.
            return new ProblemResult(found.Error.Code == DocumentErrors.PageNotFound(pageNumber).Code ? DocumentErrors.PageNotFound(pageNumber) : found.Error);
        }

        if (found.Value.ExtractedAt is { } extractedAt)
        {
            var multiple = await MultipleNamesAsync(found.Value.Document, mediator, ct);
            return Answers.Json(
                new CachedPageBody(true, true, PageData.From(found.Value.Fields, multiple), found.Value.AccountNumber, extractedAt.ToUnixTimeSeconds()),
                ApiJson.Relaxed.CachedPageBody);
        }

        return await PendingAsync(found.Value.Document, hasten, mediator, ct);
    }

    private static async Task<IResult> PendingAsync(Document document, bool hasten, IMediator mediator, CancellationToken ct)
    {
        if (document.IsTerminal)
        {
            // Nothing will come: the answer is why.
            return new ProblemResult(document.Problems.Count > 0 ? document.Problems[0].Error : DocumentErrors.AlreadyEnded(document.Id, document.Status));
        }

        if (hasten)
        {
            await mediator.Send(new HastenDocument(document.Id), ct);
        }

        return Answers.Json(
            new PendingPageBody(
                true, false, true, document.CurrentStage, document.StageOf(document.CurrentStage).Percent, document.PagesProcessed, document.TotalPages),
            ApiJson.Relaxed.PendingPageBody);
    }

    private static async Task<IReadOnlySet<string>> MultipleNamesAsync(Document document, IMediator mediator, CancellationToken ct)
    {
        var schema = await mediator.Send(new GetSchema(document.SchemaName ?? document.Kind.Print()), ct);
        return schema.Match(
            static known => known.Fields.Where(static field => field.Multiple).Select(static field => field.Name).ToFrozenSet(StringComparer.Ordinal),
            static _ => FrozenSet<string>.Empty);
    }
}
