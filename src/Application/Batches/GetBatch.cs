using FluentValidation;
using Idp.Application.Batches.Ports;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Batches;

/// <summary>Reads one batch with the verdicts on its files and its cost.</summary>
/// <param name="Id">The batch.</param>
public sealed record GetBatch(BatchId Id) : IRequest<Result<BatchOverview>>;

internal sealed class GetBatchValidator : AbstractValidator<GetBatch>
{
    public GetBatchValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class GetBatchHandler(IBatchRepository batches, BatchOverviews overviews) : IRequestHandler<GetBatch, Result<BatchOverview>>
{
    public async Task<Result<BatchOverview>> Handle(GetBatch request, CancellationToken cancellationToken) =>
        await batches.FindAsync(request.Id, cancellationToken) is { } batch
            ? await overviews.OfAsync(batch, cancellationToken)
            : BatchErrors.NotFound(request.Id);
}
