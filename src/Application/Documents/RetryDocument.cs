using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Runs a failed, partial or cancelled document again; what is in the cache is not done twice.</summary>
/// <param name="Id">The document.</param>
public sealed record RetryDocument(DocumentId Id) : IRequest<Result<Document>>;

internal sealed class RetryDocumentValidator : AbstractValidator<RetryDocument>
{
    public RetryDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class RetryDocumentHandler(IDocumentRepository documents, IDocumentRuns runs) : IRequestHandler<RetryDocument, Result<Document>>
{
    public async Task<Result<Document>> Handle(RetryDocument request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return DocumentErrors.NotFound(request.Id);
        }

        return document.Status switch
        {
            DocumentStatus.Completed => DocumentErrors.AlreadyEnded(document.Id, document.Status),
            _ when !document.IsTerminal => document,
            _ => await runs.StartRunAsync(document.Id, document.Stages[0].Name, fresh: false, cancellationToken),
        };
    }
}
