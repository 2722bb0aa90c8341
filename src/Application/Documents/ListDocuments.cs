using FluentValidation;
using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Lists documents, newest first.</summary>
/// <param name="Status">Only of this status.</param>
/// <param name="Kind">Only of this kind.</param>
/// <param name="Text">Only whose file name contains this.</param>
/// <param name="Cursor">Only older than this document.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record ListDocuments(DocumentStatus? Status, DocumentKind? Kind, string? Text, DocumentId? Cursor, int Limit)
    : IRequest<Result<DocumentListing>>
{
    /// <summary>Only of this batch.</summary>
    public BatchId? Batch { get; init; }
}

/// <summary>One page of the list.</summary>
/// <param name="Items">The documents.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record DocumentListing(ValueList<DocumentOverview> Items, DocumentId? NextCursor);

internal sealed class ListDocumentsValidator : AbstractValidator<ListDocuments>
{
    public ListDocumentsValidator()
    {
        RuleFor(request => request.Limit).InclusiveBetween(1, DocumentQuery.MaximumLimit - 1);
        RuleFor(request => request.Text).MaximumLength(200);
    }
}

internal sealed class ListDocumentsHandler(IDocumentRepository documents, DocumentOverviews overviews)
    : IRequestHandler<ListDocuments, Result<DocumentListing>>
{
    public async Task<Result<DocumentListing>> Handle(ListDocuments request, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page.
        var found = await documents.ListAsync(
            new DocumentQuery(request.Status, request.Kind, request.Text, request.Cursor, request.Limit + 1) { Batch = request.Batch }, cancellationToken);
        var items = await overviews.OfAsync(found.Take(request.Limit).ToValueList(), cancellationToken);
        return new DocumentListing(items, found.Count > request.Limit ? items[^1].Document.Id : null);
    }
}
