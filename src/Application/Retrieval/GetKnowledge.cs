using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using MediatR;

namespace Idp.Application.Retrieval;

/// <summary>Tells how far the work is that makes a document searchable, and what the document says in short.</summary>
/// <param name="Id">The document.</param>
public sealed record GetKnowledge(DocumentId Id) : IRequest<Result<DocumentKnowledge>>;

internal sealed class GetKnowledgeValidator : AbstractValidator<GetKnowledge>
{
    public GetKnowledgeValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetKnowledgeHandler(IDocumentRuns documents, IKnowledgeRepository knowledge, RetrievalOptions options, ITextEmbedding? embedding = null) : IRequestHandler<GetKnowledge, Result<DocumentKnowledge>>
{
    public async Task<Result<DocumentKnowledge>> Handle(GetKnowledge request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return DocumentErrors.NotFound(request.Id);
        }

        if (await knowledge.FindAsync(request.Id, cancellationToken) is { } known)
        {
            return known;
        }

        return options.Enabled ? DocumentKnowledge.Begin(document.Id, document.CreatedAt, embedding is not null) : RetrievalErrors.TurnedOff();
    }
}
