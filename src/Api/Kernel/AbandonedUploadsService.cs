using Idp.Application.Documents;

namespace Idp.Api.Kernel;

/// <summary>Removes what uploads left that were cut off, for as long as the service runs.</summary>
internal sealed class AbandonedUploadsService(AbandonedUploads uploads) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => uploads.RunAsync(stoppingToken);
}
