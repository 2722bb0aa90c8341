using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Integration.Kernel.Telemetry;

public sealed class CollectorExportTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> _received = new(StringComparer.Ordinal);
    private readonly WebApplication _collector;

    public CollectorExportTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _received.AddOrUpdate(signal, Text(body), (_, earlier) => earlier + Text(body));
        });

        static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
    }

    public async ValueTask InitializeAsync() => await _collector.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task Metrics_and_spans_of_every_idp_module_reach_the_collector_before_the_service_ends()
    {
        using var meter = new Meter("Idp.AnyModule");
        using var source = new ActivitySource("Idp.AnyModule");
        await using (var services = Services(_collector.Urls.Single()))
        {
            await PrepareAsync(services);
            meter.CreateCounter<int>("idp.any.thing").Add(1);
            source.StartActivity("any span").ShouldNotBeNull().Dispose();
        }

        _received["metrics"].ShouldContain("idp.any.thing");
        _received["traces"].ShouldContain("any span");
        _received["traces"].ShouldContain("service.name");
    }

    [Fact]
    public async Task Without_a_collector_no_span_is_made_and_metrics_stay_here()
    {
        using var meter = new Meter("Idp.QuietModule");
        using var source = new ActivitySource("Idp.QuietModule");
        await using (var services = Services(endpoint: null))
        {
            await PrepareAsync(services);
            meter.CreateCounter<int>("idp.quiet.thing").Add(1);

            source.HasListeners().ShouldBeFalse();
            (await services.GetRequiredService<MetricsPage>().ReadAsync(TestContext.Current.CancellationToken)).Value.ShouldNotBeNull().ShouldContain("idp_quiet_thing_total 1\n");
        }

        _received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_readers_at_once_each_get_a_whole_page()
    {
        using var meter = new Meter("Idp.BusyModule");
        await using var services = Services(endpoint: null);
        await PrepareAsync(services);
        meter.CreateCounter<int>("idp.busy.thing").Add(1);
        var page = services.GetRequiredService<MetricsPage>();

        var texts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => page.ReadAsync(TestContext.Current.CancellationToken))));

        texts.ShouldAllBe(text => text.Value!.Contains("idp_busy_thing_total 1\n"));
    }

    private static async Task PrepareAsync(ServiceProvider services)
    {
        foreach (var adapter in services.GetServices<IPreparedAtStart>())
        {
            await adapter.PrepareAsync(TestContext.Current.CancellationToken);
        }
    }

    private static ServiceProvider Services(string? endpoint)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [TelemetryOptions.OtlpEndpointName] = endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(new TelemetryOptions { OtlpEndpoint = endpoint ?? string.Empty })
            .AddTelemetry()
            .BuildServiceProvider();
    }
}
