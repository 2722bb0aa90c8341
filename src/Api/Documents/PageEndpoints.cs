using System.Globalization;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Documents;

/// <summary>The routes of pages.</summary>
internal static class PageEndpoints
{
    private const int DefaultDpi = 110;

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/v1/documents/{id:document}/pages/{number:int}").WithTags("pages");
        pages.MapGet(string.Empty, GetAsync).Describes<PageBody>("getPage", "One page: text, words with boxes and confidence.");
        pages.MapGet("image", GetImageAsync)
            .Describes("getPageImage", "The page as a picture, upright; `dpi` from 36 to 300.", typeof(byte[]), "image/png", StatusCodes.Status200OK);
        routes.MapPost("/v1/previews", PreviewAsync).WithTags("pages")
            .Describes("previewFile", "A small picture of the first page of the file in the body; nothing of it is kept.", typeof(byte[]), "image/png", StatusCodes.Status200OK)
            .Accepts<byte[]>("application/octet-stream")
            .WithMetadata(new DisableRequestSizeLimitAttribute());
    }

    private static async Task<IResult> PreviewAsync(HttpRequest request, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new PreviewFile(request.Body), ct)).ToHttp(static picture => TypedResults.Bytes(picture.Png, "image/png"));

    private static async Task<IResult> GetAsync(DocumentId id, int number, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetPage(id, number), ct)).ToHttp(page => Answers.Json(PageBody.From(id, page), ApiJson.Relaxed.PageBody));

    private static async Task<IResult> GetImageAsync(DocumentId id, int number, string? dpi, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var resolution = DefaultDpi;
        if (!string.IsNullOrEmpty(dpi) && !int.TryParse(dpi, NumberStyles.None, CultureInfo.InvariantCulture, out resolution))
        {
            return new ProblemResult(RequestProblems.Invalid(new FieldError("dpi", "Must be a whole number from 36 to 300.")));
        }

        var image = await mediator.Send(new GetPageImage(id, number, resolution), ct);
        return image.ToHttp(picture =>
        {
            // A page looks the same until it is read and perhaps turned; a minute is short enough for that.
            response.Headers.CacheControl = "private, max-age=60";
            return TypedResults.Bytes(picture.Png, "image/png");
        });
    }
}
