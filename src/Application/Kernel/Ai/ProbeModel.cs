using FluentValidation;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Concurrency;
using MediatR;

namespace Idp.Application.Kernel.Ai;

/// <summary>Measures how many calls at once the model's provider bears.</summary>
/// <param name="Levels">How many at once, each tried by itself; ascending is kindest to the provider.</param>
/// <param name="Rounds">How often each level is tried.</param>
public sealed record ProbeModel(ValueList<int> Levels, int Rounds) : IRequest<Result<ProbeReport>>;

internal sealed class ProbeModelValidator : AbstractValidator<ProbeModel>
{
    public ProbeModelValidator()
    {
        RuleFor(request => request.Levels).NotEmpty();
        RuleForEach(request => request.Levels).InclusiveBetween(1, ConcurrencyProbe.MostAtOnce);
        RuleFor(request => request.Rounds).InclusiveBetween(1, ConcurrencyProbe.MostRounds);
    }
}

internal sealed class ProbeModelHandler(IModelProbe probe, TimeProvider clock) : IRequestHandler<ProbeModel, Result<ProbeReport>>
{
    public Task<Result<ProbeReport>> Handle(ProbeModel request, CancellationToken cancellationToken) =>
        ConcurrencyProbe.RunAsync(request.Levels, request.Rounds, probe.CallAsync, clock, cancellationToken);
}
