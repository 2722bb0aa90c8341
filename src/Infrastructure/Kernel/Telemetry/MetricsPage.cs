using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Telemetry.Prometheus;

namespace Idp.Infrastructure.Kernel.Telemetry;

/// <summary>Everything that the service measures, as Prometheus reads it.</summary>
public sealed class MetricsPage : IDisposable
{
    /// <summary>The media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly PrometheusExporter _exporter;
    private readonly SemaphoreSlim _turn = new(1, 1);

    internal MetricsPage(PrometheusExporter exporter) => _exporter = exporter;

    /// <summary>Collects all measurements; one caller at a time.</summary>
    /// <returns>The text, or <see cref="ErrorKind.Unavailable"/> when nothing is measured or the service is stopping.</returns>
    public async Task<Result<string>> ReadAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return _exporter.TryCollect() is { } text
                ? text
                : new Error(ErrorKind.Unavailable, "metrics.unavailable", "Nothing is measured: OTEL_SDK_DISABLED is set, or the service is stopping.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
