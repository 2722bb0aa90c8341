using Idp.Api.Kernel.Http;
using Idp.Infrastructure.Kernel.Telemetry;

namespace Idp.Api.Kernel.Metrics;

/// <summary>The route that Prometheus reads.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", ReadAsync)
        .WithTags("health")
        .Describes("getMetrics", "Everything that the service measures, in Prometheus's text format.", typeof(string), "text/plain", StatusCodes.Status200OK);

    private static async Task<IResult> ReadAsync(MetricsPage page, CancellationToken ct) =>
        (await page.ReadAsync(ct)).ToHttp(static text => TypedResults.Text(text, MetricsPage.ContentType));
}
