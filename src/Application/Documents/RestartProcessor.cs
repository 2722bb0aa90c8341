using FluentValidation;
using Idp.Application.Documents.Ports;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Replaces the processes that read pages; work in hand is not lost.</summary>
public sealed record RestartProcessor : IRequest<Result<Done>>;

internal sealed class RestartProcessorValidator : AbstractValidator<RestartProcessor>;

internal sealed class RestartProcessorHandler(IPageWorkers pageWorkers) : IRequestHandler<RestartProcessor, Result<Done>>
{
    public async Task<Result<Done>> Handle(RestartProcessor request, CancellationToken cancellationToken)
    {
        await pageWorkers.RestartAsync(cancellationToken);
        return Done.Value;
    }
}
