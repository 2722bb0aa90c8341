using FluentValidation;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>Stops a document; what it has is kept.</summary>
/// <param name="Id">The document.</param>
public sealed record CancelDocument(DocumentId Id) : IRequest<Result<Document>>;

internal sealed class CancelDocumentValidator : AbstractValidator<CancelDocument>
{
    public CancelDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class CancelDocumentHandler(DocumentCancellation cancellation, ILogger<CancelDocumentHandler> logger)
    : IRequestHandler<CancelDocument, Result<Document>>
{
    public async Task<Result<Document>> Handle(CancelDocument request, CancellationToken cancellationToken)
    {
        var cancelled = await cancellation.CancelAsync(request.Id, cancellationToken);
        if (cancelled.IsSuccess)
        {
            logger.DocumentCancelled(request.Id);
        }

        return cancelled;
    }
}
