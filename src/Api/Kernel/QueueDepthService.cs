using Idp.Application.Kernel.Work;

namespace Idp.Api.Kernel;

/// <summary>Looks at the queue for the metrics for as long as the service runs, whatever its role.</summary>
internal sealed class QueueDepthService(WorkMetrics metrics) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => metrics.RunAsync(stoppingToken);
}
