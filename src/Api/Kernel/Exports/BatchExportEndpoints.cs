using Idp.Api.Extraction.Exports;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Problems;
using Idp.Application.Batches;
using Idp.Domain.Documents;
using MediatR;

namespace Idp.Api.Kernel.Exports;

/// <summary>The results of a batch's documents as one file. Here, because batches and results know nothing of each other.</summary>
internal static class BatchExportEndpoints
{
    public static void MapBatchExports(this IEndpointRouteBuilder routes)
    {
        var batches = routes.MapGroup("/v1/batches").WithTags("batches");
        foreach (var format in ExportFormat.All)
        {
            batches.MapGet($"{{id:batch}}/result.{format.Extension}", (BatchId id, HttpRequest request, IMediator mediator, CancellationToken ct) =>
                    ExportAsync(format, id, request, mediator, ct))
                .Describes(
                    $"exportBatch{char.ToUpperInvariant(format.Extension[0])}{format.Extension[1..]}", $"The results of all documents of a batch. {format.Summary}", typeof(byte[]),
                    format.ContentType, StatusCodes.Status200OK);
        }
    }

    private static async Task<IResult> ExportAsync(ExportFormat format, BatchId id, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        var found = await mediator.Send(new GetBatch(id), ct);
        return found.IsSuccess
            ? ExportAnswers.OfDocuments(format, request.Query, $"batch-{id}", [.. found.Value.Files!.Select(static file => file.DocumentId).OfType<DocumentId>()], mediator)
            : new ProblemResult(found.Error);
    }
}
