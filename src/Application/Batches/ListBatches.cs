using FluentValidation;
using Idp.Application.Batches.Ports;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Batches;

/// <summary>Lists batches, newest first.</summary>
/// <param name="Status">Only of this status.</param>
/// <param name="Cursor">Only older than this batch.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record ListBatches(BatchStatus? Status, BatchId? Cursor, int Limit) : IRequest<Result<BatchListing>>;

/// <summary>One page of the list.</summary>
/// <param name="Items">The batches.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record BatchListing(ValueList<BatchOverview> Items, BatchId? NextCursor);

internal sealed class ListBatchesValidator : AbstractValidator<ListBatches>
{
    public ListBatchesValidator() => RuleFor(request => request.Limit).InclusiveBetween(1, BatchQuery.MaximumLimit - 1);
}

internal sealed class ListBatchesHandler(IBatchRepository batches, BatchOverviews overviews) : IRequestHandler<ListBatches, Result<BatchListing>>
{
    public async Task<Result<BatchListing>> Handle(ListBatches request, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page.
        var found = await batches.ListAsync(new BatchQuery(request.Status, request.Cursor, request.Limit + 1), cancellationToken);
        var items = new List<BatchOverview>();
        foreach (var batch in found.Take(request.Limit))
        {
            items.Add(await overviews.SummaryOfAsync(batch, cancellationToken));
        }

        return new BatchListing(items.ToValueList(), found.Count > request.Limit ? items[^1].Batch.Id : null);
    }
}
