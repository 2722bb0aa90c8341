using FluentValidation;
using Idp.Application.Batches.Ports;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Batches;

/// <summary>Runs the failed documents of a batch again, and those that were stopped because of them; nothing when none failed.</summary>
/// <param name="Id">The batch.</param>
public sealed record RetryFailedDocuments(BatchId Id) : IRequest<Result<BatchOverview>>;

internal sealed class RetryFailedDocumentsValidator : AbstractValidator<RetryFailedDocuments>
{
    public RetryFailedDocumentsValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class RetryFailedDocumentsHandler(
    IBatchRepository batches, IBatchDocuments documents, BatchSettlement settlement, BatchOverviews overviews)
    : IRequestHandler<RetryFailedDocuments, Result<BatchOverview>>
{
    public async Task<Result<BatchOverview>> Handle(RetryFailedDocuments request, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(request.Id, cancellationToken) is not { } batch)
        {
            return BatchErrors.NotFound(request.Id);
        }

        var wereStoppedByFailure = batch.ErrorStrategy == ErrorStrategy.FailAll && !batch.IsCancelRequested;
        DocumentStatus[] statuses = wereStoppedByFailure ? [DocumentStatus.Failed, DocumentStatus.Cancelled] : [DocumentStatus.Failed];
        await documents.RetryAllAsync(batch.Id, statuses, cancellationToken);
        var settled = await settlement.SettleAsync(batch.Id, cancellationToken);
        return await overviews.OfAsync(settled ?? batch, cancellationToken);
    }
}
