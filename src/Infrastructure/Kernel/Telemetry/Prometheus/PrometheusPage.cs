using OpenTelemetry.Metrics;

namespace Idp.Infrastructure.Kernel.Telemetry.Prometheus;

/// <summary>Writes the SDK's metrics as families of samples.</summary>
internal static class PrometheusPage
{
    /// <summary>The label of a bucket's upper bound.</summary>
    private const string UpperBound = "le";

    /// <summary>All metrics that have values, sorted by name, each family once.</summary>
    public static string Write(IEnumerable<Metric> metrics)
    {
        var text = new PrometheusText();
        foreach (var family in metrics
            .Select(static metric => (Name: PrometheusNames.Family(metric.Name, metric.Unit, TypeOf(metric)), Type: TypeOf(metric), Metric: metric))
            .GroupBy(static member => member.Name, StringComparer.Ordinal)
            .OrderBy(static family => family.Key, StringComparer.Ordinal))
        {
            // Instruments of two meters may come to the same name: they are one family if they mean the same, and else the first one keeps the name.
            var type = family.First().Type;
            WriteFamily(text, family.Key, type, [.. family.Where(member => member.Type == type).Select(static member => member.Metric)]);
        }

        return text.ToString();
    }

    private static FamilyType TypeOf(Metric metric) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.DoubleSum => FamilyType.Counter,
        MetricType.Histogram or MetricType.ExponentialHistogram => FamilyType.Histogram,
        _ => FamilyType.Gauge,
    };

    private static void WriteFamily(PrometheusText text, string name, FamilyType type, IReadOnlyList<Metric> metrics)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var labels = PrometheusText.Labels(TagsOf(point, type));
                if (written.Count == 0)
                {
                    text.Family(name, type, metric.Description);
                }

                // The same series twice would make Prometheus refuse the whole page.
                if (written.Add(labels))
                {
                    WritePoint(text, name, labels, metric.MetricType, in point);
                }
            }
        }
    }

    private static List<KeyValuePair<string, object?>> TagsOf(in MetricPoint point, FamilyType type)
    {
        var tags = new List<KeyValuePair<string, object?>>(point.Tags.Count);
        foreach (var tag in point.Tags)
        {
            var isTaken = type == FamilyType.Histogram && PrometheusNames.Label(tag.Key) == UpperBound;
            tags.Add(isTaken ? KeyValuePair.Create($"exported_{UpperBound}", tag.Value) : tag);
        }

        return tags;
    }

    private static void WritePoint(PrometheusText text, string name, string labels, MetricType type, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                text.Sample(name, labels, PrometheusText.Number(point.GetSumLong()));
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                text.Sample(name, labels, PrometheusText.Number(point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                text.Sample(name, labels, PrometheusText.Number(point.GetGaugeLastValueLong()));
                break;
            case MetricType.DoubleGauge:
                text.Sample(name, labels, PrometheusText.Number(point.GetGaugeLastValueDouble()));
                break;
            default:
                WriteHistogram(text, name, labels, type, in point);
                break;
        }
    }

    private static void WriteHistogram(PrometheusText text, string name, string labels, MetricType type, in MetricPoint point)
    {
        var count = point.GetHistogramCount();
        if (type == MetricType.Histogram)
        {
            var below = 0L;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                below += bucket.BucketCount;
                if (double.IsFinite(bucket.ExplicitBound))
                {
                    WriteBucket(text, name, labels, bucket.ExplicitBound, below);
                }
            }
        }

        WriteBucket(text, name, labels, double.PositiveInfinity, count);
        text.Sample($"{name}_sum", labels, PrometheusText.Number(point.GetHistogramSum()));
        text.Sample($"{name}_count", labels, PrometheusText.Number(count));
    }

    private static void WriteBucket(PrometheusText text, string name, string labels, double upperBound, long count)
    {
        var bound = PrometheusText.Label(UpperBound, PrometheusText.Number(upperBound));
        text.Sample($"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", PrometheusText.Number(count));
    }
}
