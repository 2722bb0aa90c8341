using System.Diagnostics.Metrics;
using Idp.Infrastructure.Kernel.Telemetry.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Idp.Unit.Kernel.Telemetry;

public sealed class PrometheusExporterTests : IDisposable
{
    private static readonly InstrumentAdvice<double> TwoBuckets = new() { HistogramBucketBoundaries = [0.5, 2] };

    private readonly Meter _meter = new("Idp.ExporterTests");
    private readonly Meter _other = new("Idp.OtherTests");
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    public PrometheusExporterTests() => _provider = Sdk.CreateMeterProviderBuilder()
        .AddMeter(_meter.Name, _other.Name)
        .AddView(static _ => new MetricStreamConfiguration { CardinalityLimit = 10 })
        .AddReader(new BaseExportingMetricReader(_exporter))
        .Build();

    [Fact]
    public void A_counter_is_a_family_with_help_type_and_one_line_a_series()
    {
        var counter = _meter.CreateCounter<long>("jobs.done", "{job}", "Jobs.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "b"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "a"));

        Text().ShouldBe("""
            # HELP jobs_done_total Jobs.
            # TYPE jobs_done_total counter
            jobs_done_total{kind="a"} 3
            jobs_done_total{kind="b"} 3

            """);
    }

    [Fact]
    public void A_histogram_adds_its_buckets_up_to_plus_infinity()
    {
        var histogram = _meter.CreateHistogram("wait", "s", "Waiting.", tags: null, TwoBuckets);
        foreach (var seconds in new[] { 0.25, 0.5, 1, 8 })
        {
            histogram.Record(seconds, new KeyValuePair<string, object?>("stage", "x"));
        }

        Text().ShouldBe("""
            # HELP wait_seconds Waiting.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{stage="x",le="0.5"} 2
            wait_seconds_bucket{stage="x",le="2"} 3
            wait_seconds_bucket{stage="x",le="+Inf"} 4
            wait_seconds_sum{stage="x"} 9.75
            wait_seconds_count{stage="x"} 4

            """);
    }

    [Fact]
    public void A_label_of_a_histogram_cannot_pass_for_a_bound()
    {
        _meter.CreateHistogram("wait", "s", "Waiting.", tags: null, TwoBuckets).Record(1, new KeyValuePair<string, object?>("le", "7"));

        Page().Find("wait_seconds_bucket", ("exported_le", "7"), ("le", "2")).ShouldBe(1);
    }

    [Fact]
    public void What_falls_is_a_gauge_and_keeps_its_last_value_between_reads()
    {
        var level = _meter.CreateUpDownCounter<int>("level");
        _meter.CreateObservableGauge("heat", () => 1.5);
        level.Add(5);
        level.Add(-2);

        Page().Find("level").ShouldBe(3);
        var second = Page();
        second.Types["level"].ShouldBe("gauge");
        second.Find("level").ShouldBe(3);
        second.Find("heat").ShouldBe(1.5);
    }

    [Fact]
    public void Instruments_of_two_meters_with_one_name_are_one_family_and_no_series_twice()
    {
        _meter.CreateCounter<int>("a.b").Add(1);
        _other.CreateCounter<int>("a_b").Add(2, new KeyValuePair<string, object?>("x", "y"));
        _other.CreateCounter<int>("a-b").Add(7);

        var page = Page();

        page.Find("a_b_total").ShouldBe(1);
        page.Find("a_b_total", ("x", "y")).ShouldBe(2);
    }

    [Fact]
    public void An_instrument_of_another_kind_does_not_take_a_name_that_is_in_use()
    {
        _meter.CreateObservableGauge("a.b_total", () => 4);
        _other.CreateCounter<int>("a.b").Add(1);

        Page().Types.ShouldBe([KeyValuePair.Create("a_b_total", "gauge")]);
    }

    [Fact]
    public void A_label_with_endless_values_ends_in_one_series_that_sums_up_the_rest()
    {
        var counter = _meter.CreateCounter<int>("visits");
        for (var visitor = 0; visitor < 100; visitor++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("visitor", visitor));
        }

        var page = Page();

        page.Samples.Count.ShouldBe(11);
        page.Find("visits_total", ("otel_metric_overflow", "true")).ShouldBe(90);
    }

    [Fact]
    public void Instruments_without_values_make_no_families()
    {
        _meter.CreateCounter<int>("silent");

        _exporter.TryCollect().ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_measured_when_nobody_collects()
    {
        _provider.Shutdown();

        _exporter.TryCollect().ShouldBeNullOrEmpty();
        new PrometheusExporter().TryCollect().ShouldBeNull();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
        _other.Dispose();
        _exporter.Dispose();
    }

    private string Text() => _exporter.TryCollect().ShouldNotBeNull();

    private ScrapedPage Page() => ScrapedPage.Parse(Text());
}
