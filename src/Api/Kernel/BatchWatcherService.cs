using Idp.Application.Batches;

namespace Idp.Api.Kernel;

/// <summary>Keeps batches up to date for as long as the service runs.</summary>
internal sealed class BatchWatcherService(BatchWatcher watcher) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watcher.RunAsync(stoppingToken);
}
