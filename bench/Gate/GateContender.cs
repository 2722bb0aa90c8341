using System.Diagnostics;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Bench.Gate;

/// <summary>The two ways to make many calls. Both come again after a 429 when the provider asked them to.</summary>
internal static class GateContender
{
    private const int TokensOfCall = 20;

    private static readonly TimeSpan WithoutRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A fixed number of workers, each with one call at a time.</summary>
    public static async Task<GateRun> FixedAsync(ProviderCalls provider, int calls, int workers, CancellationToken ct)
    {
        var log = new GateLog();
        await Parallel.ForEachAsync(Enumerable.Range(1, calls), new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = ct }, async (number, token) =>
        {
            while (await provider.SendAsync(number, token) is { IsRejected: true } rejection)
            {
                log.Rejected();
                await Task.Delay(rejection.RetryAfter ?? WithoutRetryAfter, TimeProvider.System, token);
            }

            log.Answered();
        });
        return log.Sum();
    }

    /// <summary>All calls at once at the gate, which knows nothing of the provider.</summary>
    public static async Task<GateRun> AdaptiveAsync(ProviderCalls provider, int calls, CancellationToken ct)
    {
        using var gate = new AdaptiveGate(new GateOptions(), TimeProvider.System);
        var log = new GateLog();
        await Task.WhenAll(Enumerable.Range(1, calls).Select(async number =>
        {
            while (await PassAsync(gate, provider, number, ct) is { IsRejected: true } rejection)
            {
                log.Rejected();
                await Task.Delay(rejection.RetryAfter ?? WithoutRetryAfter, TimeProvider.System, ct);
            }

            log.Answered();
        }));
        return log.Sum();
    }

    private static async Task<ProviderAnswer> PassAsync(AdaptiveGate gate, ProviderCalls provider, int number, CancellationToken ct)
    {
        using var permit = await gate.EnterAsync(Priority.Normal, TokensOfCall, ct);
        var sent = Stopwatch.GetTimestamp();
        var answer = await provider.SendAsync(number, ct);
        if (answer.IsRejected)
        {
            permit.RateLimited(answer.RetryAfter, answer.Limits);
        }
        else
        {
            permit.Succeeded(Stopwatch.GetElapsedTime(sent), actualTokens: 0, answer.Limits);
        }

        return answer;
    }
}
