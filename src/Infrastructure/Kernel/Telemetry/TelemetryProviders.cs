using System.Reflection;
using Idp.Infrastructure.Kernel.Telemetry.Prometheus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Idp.Infrastructure.Kernel.Telemetry;

/// <summary>Listens to the service's meters, and to its activity sources where there is a collector to send to; sends what is left when disposed.</summary>
/// <remarks>Without a collector nobody listens to activity sources, so that a span costs a null check and no network is touched.</remarks>
internal sealed class TelemetryProviders : IPreparedAtStart, IDisposable
{
    /// <summary>Our own meters and sources: one a module.</summary>
    private const string Own = "Idp.*";

    private const string ServiceName = "idp";

    /// <summary>
    /// Series of one metric at most; what is beyond them is summed up in one with the label <c>otel_metric_overflow</c>. The SDK reserves memory
    /// for all of them beforehand.
    /// </summary>
    private const int SeriesPerMetric = 500;

    private static readonly string[] FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    private static readonly string[] FrameworkSources = ["Microsoft.AspNetCore", "System.Net.Http"];

    private readonly MeterProvider _meters;
    private readonly TracerProvider? _traces;

    public TelemetryProviders(TelemetryOptions options, IConfiguration configuration, PrometheusExporter prometheus)
    {
        _meters = BuildMeters(options, configuration, prometheus);
        _traces = options.HasCollector ? BuildTraces(configuration) : null;
    }

    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        _traces?.Dispose();
        _meters.Dispose();
    }

    private static MeterProvider BuildMeters(TelemetryOptions options, IConfiguration configuration, PrometheusExporter prometheus)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Describe())
            .AddMeter([Own, .. FrameworkMeters])
            .AddView(static _ => new MetricStreamConfiguration { CardinalityLimit = SeriesPerMetric })
            .AddReader(new BaseExportingMetricReader(prometheus));
        return (options.HasCollector ? builder.AddOtlpExporter() : builder).Build();
    }

    private static TracerProvider BuildTraces(IConfiguration configuration) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .SetResourceBuilder(Describe())
        .AddSource([Own, .. FrameworkSources])
        .AddOtlpExporter()
        .Build();

    /// <summary>Who measures; the standard variables come last and so win.</summary>
    private static ResourceBuilder Describe() => ResourceBuilder.CreateEmpty()
        .AddService(ServiceName, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString())
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
