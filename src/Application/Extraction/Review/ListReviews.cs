using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Reads the audit trail of a document: every review ever made, oldest first.</summary>
/// <param name="Id">The document.</param>
public sealed record ListReviews(DocumentId Id) : IRequest<Result<ValueList<FieldReview>>>;

internal sealed class ListReviewsValidator : AbstractValidator<ListReviews>
{
    public ListReviewsValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class ListReviewsHandler(IDocumentRuns documents, IReviewRepository reviews) : IRequestHandler<ListReviews, Result<ValueList<FieldReview>>>
{
    public async Task<Result<ValueList<FieldReview>>> Handle(ListReviews request, CancellationToken cancellationToken) =>
        await documents.FindAsync(request.Id, cancellationToken) is null
            ? ExtractionErrors.DocumentNotFound(request.Id)
            : await reviews.ListAsync(request.Id, cancellationToken);
}
