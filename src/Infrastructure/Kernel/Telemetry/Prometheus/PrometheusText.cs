using System.Globalization;
using System.Text;

namespace Idp.Infrastructure.Kernel.Telemetry.Prometheus;

/// <summary>What the numbers of a family mean.</summary>
internal enum FamilyType
{
    /// <summary>Only rises, and starts again from zero with the process.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Counts of values by upper bound, their sum and their number.</summary>
    Histogram,
}

/// <summary>Writes the text format of Prometheus, version 0.0.4.</summary>
/// <remarks>Format: https://prometheus.io/docs/instrumenting/exposition_formats/ (read 2026-11-22).</remarks>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a family; its samples follow.</summary>
    public void Family(string name, FamilyType type, string help)
    {
        if (help.Length > 0)
        {
            _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, withQuotes: false)).Append('\n');
        }

        _text.Append("# TYPE ").Append(name).Append(' ').Append(NameOf(type)).Append('\n');
    }

    /// <summary>Writes one sample.</summary>
    /// <param name="name">The family's name, with <c>_bucket</c> and the like for histograms.</param>
    /// <param name="labels">From <see cref="Labels"/>; empty for none.</param>
    /// <param name="value">From <see cref="Number(double)"/>.</param>
    public void Sample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value).Append('\n');
    }

    /// <summary>Labels as they stand between the braces, sorted by name; names that become one share their values, joined by semicolons.</summary>
    public static string Labels(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = PrometheusNames.Label(key);
            var text = Printed(value);
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }

        return string.Join(',', labels.Select(static label => Label(label.Key, label.Value)));
    }

    /// <summary>One label.</summary>
    public static string Label(string name, string value) => $"{name}=\"{Escape(value, withQuotes: true)}\"";

    /// <summary>A number as Prometheus reads it.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A number as Prometheus reads it.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private static string NameOf(FamilyType type) => type switch
    {
        FamilyType.Counter => "counter",
        FamilyType.Gauge => "gauge",
        FamilyType.Histogram => "histogram",
    };

    private static string Printed(object? value) => value switch
    {
        null => string.Empty,
        bool flag => flag ? "true" : "false",
        Array list => string.Join(',', list.Cast<object?>().Select(Printed)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static string Escape(string text, bool withQuotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return withQuotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
