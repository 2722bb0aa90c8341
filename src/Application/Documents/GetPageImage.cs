using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Renders one page as PNG, upright as its boxes are.</summary>
/// <param name="Id">The document.</param>
/// <param name="Number">The page, from 1.</param>
/// <param name="Dpi">Dots per inch, 36 to 300.</param>
public sealed record GetPageImage(DocumentId Id, int Number, int Dpi) : IRequest<Result<PageImage>>;

/// <summary>A picture of a page.</summary>
/// <param name="Png">The bytes of a PNG file.</param>
public sealed record PageImage(byte[] Png);

internal sealed class GetPageImageValidator : AbstractValidator<GetPageImage>
{
    public GetPageImageValidator()
    {
        RuleFor(request => request.Id).NotEmpty();
        RuleFor(request => request.Dpi).InclusiveBetween(36, 300);
    }
}

internal sealed class GetPageImageHandler(IDocumentRepository documents, IPages pages, IPageReader reader)
    : IRequestHandler<GetPageImage, Result<PageImage>>
{
    public async Task<Result<PageImage>> Handle(GetPageImage request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return DocumentErrors.NotFound(request.Id);
        }

        if (request.Number < 1 || request.Number > (document.TotalPages ?? int.MaxValue))
        {
            return DocumentErrors.PageNotFound(request.Number);
        }

        var rotation = (await pages.FindAsync(request.Id, request.Number, cancellationToken))?.Rotation ?? 0;
        var image = await reader.RenderAsync(document.ToSourceFile(), request.Number, request.Dpi, rotation, cancellationToken);
        return image.Match<Result<PageImage>>(png => new PageImage(png), error => error);
    }
}
