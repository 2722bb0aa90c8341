using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Reads one document with its accounts.</summary>
/// <param name="Id">The document.</param>
public sealed record GetDocument(DocumentId Id) : IRequest<Result<DocumentOverview>>;

/// <summary>A document and what is known of its accounts.</summary>
/// <param name="Document">The document.</param>
/// <param name="Accounts">Its accounts; none before they are found.</param>
public sealed record DocumentOverview(Document Document, DocumentAccounts Accounts);

internal sealed class GetDocumentValidator : AbstractValidator<GetDocument>
{
    public GetDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetDocumentHandler(IDocumentRepository documents, IDocumentAccounts accounts)
    : IRequestHandler<GetDocument, Result<DocumentOverview>>
{
    public async Task<Result<DocumentOverview>> Handle(GetDocument request, CancellationToken cancellationToken) =>
        await documents.FindAsync(request.Id, cancellationToken) is { } document
            ? new DocumentOverview(document, await accounts.FindAsync(document.Id, cancellationToken))
            : DocumentErrors.NotFound(request.Id);
}
