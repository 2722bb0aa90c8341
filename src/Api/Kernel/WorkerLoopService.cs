using Idp.Api.Kernel.Settings;
using Idp.Application.Kernel.Work;

namespace Idp.Api.Kernel;

/// <summary>Takes work for as long as the service runs; what is in hand when it stops is given back.</summary>
internal sealed class WorkerLoopService(WorkerLoops loops, NodeOptions node) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        node.TakesWork ? loops.RunAsync(stoppingToken) : Task.CompletedTask;
}
