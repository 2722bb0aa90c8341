using Idp.Api.Kernel.Http;
using Idp.Domain.Documents;
using MediatR;

namespace Idp.Api.Extraction.Exports;

/// <summary>The routes of results as files.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        var document = routes.MapGroup("/v1/documents/{id:document}").WithTags("export");
        foreach (var format in ExportFormat.All)
        {
            document.MapGet($"result.{format.Extension}", (DocumentId id, HttpRequest request, IMediator mediator, CancellationToken ct) =>
                    ExportAnswers.OfDocumentAsync(format, request.Query, id, mediator, ct))
                .Describes($"exportResult{char.ToUpperInvariant(format.Extension[0])}{format.Extension[1..]}", format.Summary, typeof(byte[]), format.ContentType, StatusCodes.Status200OK);
        }
    }
}
