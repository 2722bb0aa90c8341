using Idp.Api.Kernel.Settings;
using Idp.Application.Retrieval;

namespace Idp.Api.Kernel;

/// <summary>Makes documents of before searchable, on nodes that take work.</summary>
internal sealed class KnowledgeCatchUpService(KnowledgeCatchUp catchUp, NodeOptions node) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => node.TakesWork ? catchUp.RunAsync(stoppingToken) : Task.CompletedTask;
}
