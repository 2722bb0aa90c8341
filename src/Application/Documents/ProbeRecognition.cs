using FluentValidation;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Concurrency;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Measures how many documents at once the recognition service bears.</summary>
/// <param name="Levels">How many at once, each tried by itself; ascending is kindest to the service.</param>
/// <param name="Rounds">How often each level is tried.</param>
public sealed record ProbeRecognition(ValueList<int> Levels, int Rounds) : IRequest<Result<ProbeReport>>;

internal sealed class ProbeRecognitionValidator : AbstractValidator<ProbeRecognition>
{
    public ProbeRecognitionValidator()
    {
        RuleFor(request => request.Levels).NotEmpty();
        RuleForEach(request => request.Levels).InclusiveBetween(1, ConcurrencyProbe.MostAtOnce);
        RuleFor(request => request.Rounds).InclusiveBetween(1, ConcurrencyProbe.MostRounds);
    }
}

internal sealed class ProbeRecognitionHandler(TimeProvider clock, IRecognitionProbe? probe = null) : IRequestHandler<ProbeRecognition, Result<ProbeReport>>
{
    public async Task<Result<ProbeReport>> Handle(ProbeRecognition request, CancellationToken cancellationToken)
    {
        if (probe is null)
        {
            return RecognitionErrors.NoService();
        }

        return await probe.PrepareAsync(cancellationToken) is { Error: { } error }
            ? error
            : await ConcurrencyProbe.RunAsync(request.Levels, request.Rounds, probe.CallAsync, clock, cancellationToken);
    }
}
