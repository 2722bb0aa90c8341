using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Idp.Infrastructure.Kernel.Telemetry.Prometheus;

/// <summary>Writes what the SDK has collected as text; collects only when asked. Not for concurrent callers.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private string? _text;

    /// <summary>Set by the reader that this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>All families as they are now; null when there are none, because nothing is measured or no longer.</summary>
    public string? TryCollect()
    {
        _text = null;
        return Collect?.Invoke(Timeout.Infinite) == true && _text is { Length: > 0 } ? _text : null;
    }

    /// <inheritdoc />
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var metrics = new List<Metric>();
        foreach (var metric in batch)
        {
            metrics.Add(metric);
        }

        _text = PrometheusPage.Write(metrics);
        return ExportResult.Success;
    }
}
