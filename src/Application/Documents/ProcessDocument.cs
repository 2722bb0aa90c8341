using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Sees to it that a document is processed; does nothing when it already is, unless forced.</summary>
/// <param name="Id">The document.</param>
/// <param name="Force">True runs it again from the start, without its cached results.</param>
public sealed record ProcessDocument(DocumentId Id, bool Force) : IRequest<Result<Document>>;

internal sealed class ProcessDocumentValidator : AbstractValidator<ProcessDocument>
{
    public ProcessDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class ProcessDocumentHandler(IDocumentRepository documents, IDocumentRuns runs)
    : IRequestHandler<ProcessDocument, Result<Document>>
{
    public async Task<Result<Document>> Handle(ProcessDocument request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return DocumentErrors.NotFound(request.Id);
        }

        // Asking twice for what is under way, or for what is done already, is one wish.
        var isUnderWay = !document.IsTerminal;
        var isDone = document.Status is DocumentStatus.Completed or DocumentStatus.Partial;
        return isUnderWay || (isDone && !request.Force)
            ? document
            : await runs.StartRunAsync(document.Id, document.Stages[0].Name, request.Force, cancellationToken);
    }
}
