using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Idp.Infrastructure.Kernel.Telemetry;

/// <summary>Where measurements and traces go besides <c>/metrics</c>. The other standard variables (<c>OTEL_…</c>) are read by the OpenTelemetry SDK itself.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The name of the standard variable.</summary>
    public const string OtlpEndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The collector that metrics and traces are sent to by OTLP.</summary>
    /// <value>Default empty: nothing is sent, and no spans are made.</value>
    [ConfigurationKeyName(OtlpEndpointName)]
    public string OtlpEndpoint { get; init; } = string.Empty;

    /// <summary>True when there is a collector.</summary>
    public bool HasCollector => OtlpEndpoint.Length > 0;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The address may hold credentials, so it is not repeated.
        if (HasCollector && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)))
        {
            yield return new ValidationResult($"{OtlpEndpointName} must be an http or https address.");
        }
    }
}
