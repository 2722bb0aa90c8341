using FluentValidation;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Moves a document that waits to the front of its queue; no effect on one that is done or at work.</summary>
/// <param name="Id">The document.</param>
public sealed record HastenDocument(DocumentId Id) : IRequest<Result<Done>>;

internal sealed class HastenDocumentValidator : AbstractValidator<HastenDocument>
{
    public HastenDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class HastenDocumentHandler(IDocumentRepository documents) : IRequestHandler<HastenDocument, Result<Done>>
{
    public async Task<Result<Done>> Handle(HastenDocument request, CancellationToken cancellationToken)
    {
        await documents.HastenAsync(request.Id, cancellationToken);
        return Done.Value;
    }
}
