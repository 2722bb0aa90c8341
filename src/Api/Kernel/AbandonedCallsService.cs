using Idp.Application.Kernel.Costs;

namespace Idp.Api.Kernel;

/// <summary>Settles the calls of lost nodes for as long as the service runs, whatever its role.</summary>
internal sealed class AbandonedCallsService(AbandonedCalls calls) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => calls.RunAsync(stoppingToken);
}
