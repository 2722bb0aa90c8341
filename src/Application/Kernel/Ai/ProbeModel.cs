using FluentValidation;
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
    private const int MostAtOnce = 256;
    private const int MostRounds = 20;

    public ProbeModelValidator()
    {
        RuleFor(request => request.Levels).NotEmpty();
        RuleForEach(request => request.Levels).InclusiveBetween(1, MostAtOnce);
        RuleFor(request => request.Rounds).InclusiveBetween(1, MostRounds);
    }
}

internal sealed class ProbeModelHandler(IModelProbe probe, TimeProvider clock) : IRequestHandler<ProbeModel, Result<ProbeReport>>
{
    public async Task<Result<ProbeReport>> Handle(ProbeModel request, CancellationToken cancellationToken)
    {
        var run = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
        var levels = new List<ProbeLevel>();
        foreach (var concurrency in request.Levels.Distinct().Order())
        {
            var level = await MeasureAsync($"{run}-{concurrency}", concurrency, request.Rounds, cancellationToken);
            if (!level.IsSuccess)
            {
                return level.Error;
            }

            levels.Add(level.Value);
        }

        return ProbeReport.Of(levels);
    }

    /// <summary>Errors that more calls would only repeat end the probe; rejections and passing failures are what it counts.</summary>
    private async Task<Result<ProbeLevel>> MeasureAsync(string name, int concurrency, int rounds, CancellationToken ct)
    {
        var answers = new List<Result<TimeSpan>>();
        var wall = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            var begin = clock.GetTimestamp();
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, concurrency).Select(number => probe.CallAsync($"{name}-{round}-{number}", ct))));
            wall += clock.GetElapsedTime(begin);
        }

        if (answers.Find(answer => answer.Error is { IsTransient: false }) is { } refused)
        {
            return refused.Error!;
        }

        var latencies = answers.Where(answer => answer.IsSuccess).Select(answer => answer.Value).Order().ToList();
        var rejected = answers.Count(answer => answer.Error is { Kind: ErrorKind.RateLimited });
        return new ProbeLevel(
            concurrency, latencies.Count, rejected, answers.Count - latencies.Count - rejected, wall,
            latencies.Count > 0 ? latencies[latencies.Count / 2] : TimeSpan.Zero, latencies.Count > 0 ? latencies[^1] : TimeSpan.Zero);
    }
}
