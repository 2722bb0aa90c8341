using Idp.Infrastructure.Kernel;

namespace Idp.Api.Kernel;

/// <summary>Once the service is ready, uses what is slow at its first use.</summary>
internal sealed class WarmUpService(IEnumerable<IWarmedUp> parts, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        foreach (var part in parts)
        {
            await part.WarmUpAsync(stoppingToken);
        }
    }
}
