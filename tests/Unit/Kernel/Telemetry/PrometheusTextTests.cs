using FsCheck;
using FsCheck.Fluent;
using Idp.Infrastructure.Kernel.Telemetry.Prometheus;

namespace Idp.Unit.Kernel.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Values_of_labels_are_escaped() =>
        PrometheusText.Labels([new("path", "C:\\a\n\"b\"")]).ShouldBe("""
            path="C:\\a\n\"b\""
            """);

    [Fact]
    public void Help_is_escaped_but_for_its_quotes()
    {
        var text = new PrometheusText();

        text.Family("x", FamilyType.Gauge, "a \\ \"b\"\nc");

        text.ToString().ShouldBe("# HELP x a \\\\ \"b\"\\nc\n# TYPE x gauge\n");
    }

    [Fact]
    public void Labels_are_sorted_and_names_that_become_one_share_their_values() =>
        PrometheusText.Labels([new("b", true), new("a.x", 1.5), new("a_x", null), new("c", new[] { 1, 2 })]).ShouldBe("""
            a_x="1.5;",b="true",c="1,2"
            """);

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1E+21")]
    public void Numbers_are_written_as_prometheus_reads_them(double value, string expected) => PrometheusText.Number(value).ShouldBe(expected);

    [Fact]
    public void Whatever_the_values_a_reader_gets_them_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<string>(), static (first, second) =>
        {
            var text = new PrometheusText();
            text.Family("x", FamilyType.Gauge, string.Empty);
            text.Sample("x", PrometheusText.Labels([new("first", first), new("second", second)]), "1");

            return ScrapedPage.Parse(text.ToString()).Find("x", ("first", first ?? string.Empty), ("second", second ?? string.Empty)).Equals(1.0);
        }).QuickCheckThrowOnFailure();
}
