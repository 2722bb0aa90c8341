using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Renders the first page of a file that nobody has uploaded yet; nothing of it is kept.</summary>
/// <param name="Content">The bytes; read once, to the end.</param>
public sealed record PreviewFile(Stream Content) : IRequest<Result<PageImage>>;

internal sealed class PreviewFileValidator : AbstractValidator<PreviewFile>
{
    public PreviewFileValidator() => RuleFor(request => request.Content).NotNull();
}

internal sealed class PreviewFileHandler(IDocumentIntake intake, IPageReader reader) : IRequestHandler<PreviewFile, Result<PageImage>>
{
    /// <summary>Enough for a picture of the size of a stamp.</summary>
    private const int Dpi = 36;

    public async Task<Result<PageImage>> Handle(PreviewFile request, CancellationToken cancellationToken)
    {
        var received = await intake.ReceiveAsync(request.Content, "preview", cancellationToken);
        if (!received.IsSuccess)
        {
            return received.Error;
        }

        var file = received.Value;
        try
        {
            var image = await reader.RenderAsync(new SourceFile(DocumentStorage.Original(file.Id), file.FileType, file.Hash), pageNumber: 1, Dpi, rotation: 0, cancellationToken);
            return image.Match<Result<PageImage>>(static png => new PageImage(png), static error => error);
        }
        finally
        {
            await intake.DiscardAsync([file]);
        }
    }
}
