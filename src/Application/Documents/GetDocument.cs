using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Reads one document with its accounts and its cost.</summary>
/// <param name="Id">The document.</param>
public sealed record GetDocument(DocumentId Id) : IRequest<Result<DocumentOverview>>;

/// <summary>A document and what is known of its accounts.</summary>
/// <param name="Document">The document.</param>
/// <param name="Accounts">Its accounts; none before they are found.</param>
public sealed record DocumentOverview(Document Document, DocumentAccounts Accounts)
{
    /// <summary>What it cost so far, all runs together.</summary>
    public CostSummary Cost { get; init; } = CostSummary.Nothing;

    /// <summary>The cap of its own; null for none. As uploaded until it is changed.</summary>
    public Money? Cap { get; init; } = Money.CapOf(Document.BudgetUsd);
}

internal sealed class GetDocumentValidator : AbstractValidator<GetDocument>
{
    public GetDocumentValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetDocumentHandler(IDocumentRepository documents, DocumentOverviews overviews)
    : IRequestHandler<GetDocument, Result<DocumentOverview>>
{
    public async Task<Result<DocumentOverview>> Handle(GetDocument request, CancellationToken cancellationToken) =>
        await documents.FindAsync(request.Id, cancellationToken) is { } document
            ? await overviews.OfAsync(document, cancellationToken)
            : DocumentErrors.NotFound(request.Id);
}
