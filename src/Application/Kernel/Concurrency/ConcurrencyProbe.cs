using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>Measures how many calls at once a provider bears: level by level, each by itself.</summary>
internal static class ConcurrencyProbe
{
    /// <summary>The highest level.</summary>
    public const int MostAtOnce = 256;

    /// <summary>The most rounds a level.</summary>
    public const int MostRounds = 20;

    /// <summary>Measures.</summary>
    /// <param name="levels">How many at once.</param>
    /// <param name="rounds">How often each level is tried.</param>
    /// <param name="call">Makes one call of a name that no other has, and says how long it took.</param>
    /// <param name="clock">Time.</param>
    /// <param name="ct">Ends the measurement.</param>
    /// <returns>What came of it, or the first error that more calls would only repeat.</returns>
    public static async Task<Result<ProbeReport>> RunAsync(
        ValueList<int> levels, int rounds, Func<string, CancellationToken, Task<Result<TimeSpan>>> call, TimeProvider clock, CancellationToken ct)
    {
        var run = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
        var measured = new List<ProbeLevel>();
        foreach (var concurrency in levels.Distinct().Order())
        {
            var level = await MeasureAsync($"{run}-{concurrency}", concurrency, rounds, call, clock, ct);
            if (!level.IsSuccess)
            {
                return level.Error;
            }

            measured.Add(level.Value);
        }

        return ProbeReport.Of(measured);
    }

    /// <summary>Errors that more calls would only repeat end the probe; rejections and passing failures are what it counts.</summary>
    private static async Task<Result<ProbeLevel>> MeasureAsync(
        string name, int concurrency, int rounds, Func<string, CancellationToken, Task<Result<TimeSpan>>> call, TimeProvider clock, CancellationToken ct)
    {
        var answers = new List<Result<TimeSpan>>();
        var wall = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            var begin = clock.GetTimestamp();
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, concurrency).Select(number => call($"{name}-{round}-{number}", ct))));
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
