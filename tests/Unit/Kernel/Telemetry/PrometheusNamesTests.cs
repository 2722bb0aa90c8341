using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Idp.Infrastructure.Kernel.Telemetry.Prometheus;

namespace Idp.Unit.Kernel.Telemetry;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("idp.llm.cost", "USD", "idp_llm_cost_usd_total")]
    [InlineData("idp.documents.received", "{document}", "idp_documents_received_total")]
    [InlineData("jobs_total", "", "jobs_total")]
    [InlineData("dotnet.gc.pause.time", "s", "dotnet_gc_pause_time_seconds_total")]
    [InlineData("sent.bytes", "By", "sent_bytes_total")]
    [InlineData("ratio.of.things", "1", "ratio_of_things_total")]
    public void A_counter_says_its_unit_once_and_ends_in_total(string name, string unit, string expected) =>
        PrometheusNames.Family(name, unit, FamilyType.Counter).ShouldBe(expected);

    [Theory]
    [InlineData("idp.stage.duration", "s", "idp_stage_duration_seconds")]
    [InlineData("idp.cache.hits", "1", "idp_cache_hits_ratio")]
    [InlineData("disk.speed", "By/s", "disk_speed_bytes_per_second")]
    [InlineData("requests", "{request}/min", "requests_per_minute")]
    [InlineData("used", "%", "used_percent")]
    [InlineData("seconds", "s", "seconds")]
    [InlineData("odd..name--here", "{a{b}c}", "odd_name_here")]
    [InlineData("5xx", "", "_5xx")]
    [InlineData("größe", "", "gr_e")]
    [InlineData("price", "EUR€", "price_eur")]
    public void A_gauge_says_its_unit_in_letters_that_prometheus_allows(string name, string unit, string expected) =>
        PrometheusNames.Family(name, unit, FamilyType.Gauge).ShouldBe(expected);

    [Theory]
    [InlineData("http.route", "http_route")]
    [InlineData("a:b", "a_b")]
    [InlineData("", "_")]
    [InlineData("2nd", "_2nd")]
    public void A_label_has_no_dots_or_colons(string key, string expected) => PrometheusNames.Label(key).ShouldBe(expected);

    [Fact]
    public void Whatever_the_name_and_unit_the_family_is_a_name_that_prometheus_allows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<string>(), static (name, unit) =>
            Enum.GetValues<FamilyType>().All(type => Regex.IsMatch(PrometheusNames.Family(name ?? "", unit ?? "", type), "^[a-zA-Z_:][a-zA-Z0-9_:]*$", RegexOptions.NonBacktracking)))
            .QuickCheckThrowOnFailure();
}
