using Idp.Infrastructure.Kernel.Telemetry.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Kernel.Telemetry;

/// <summary>Registers what listens to the service's meters and activity sources.</summary>
public static class TelemetryServices
{
    /// <summary>
    /// Adds <see cref="MetricsPage"/> and, where a collector is set, the export to it. <see cref="TelemetryOptions"/> and the configuration must be
    /// registered too. To be added before everything that measures: what is measured before every <see cref="IPreparedAtStart"/> is made is lost.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<PrometheusExporter>()
        .AddSingleton<TelemetryProviders>()
        .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<TelemetryProviders>())
        .AddSingleton(static provider => new MetricsPage(provider.GetRequiredService<PrometheusExporter>()));
}
