using FluentValidation;
using Idp.Application.Batches.Ports;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Batches;

/// <summary>Stops every document of a batch; what they have is kept.</summary>
/// <param name="Id">The batch.</param>
public sealed record CancelBatch(BatchId Id) : IRequest<Result<BatchOverview>>;

internal sealed class CancelBatchValidator : AbstractValidator<CancelBatch>
{
    public CancelBatchValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class CancelBatchHandler(
    IBatchRepository batches, BatchSettlement settlement, BatchOverviews overviews, ILogger<CancelBatchHandler> logger)
    : IRequestHandler<CancelBatch, Result<BatchOverview>>
{
    public async Task<Result<BatchOverview>> Handle(CancelBatch request, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(request.Id, cancellationToken) is not { } batch)
        {
            return BatchErrors.NotFound(request.Id);
        }

        if (batch.Status == BatchStatus.Cancelled)
        {
            return await overviews.OfAsync(batch, cancellationToken);
        }

        if (batch.HasEnded)
        {
            return BatchErrors.AlreadyEnded(batch.Id, batch.Status);
        }

        logger.BatchCancelled(batch.Id);
        return await settlement.CancelAsync(batch.Id, cancellationToken) is { } settled
            ? await overviews.OfAsync(settled, cancellationToken)
            : BatchErrors.NotFound(request.Id);
    }
}
