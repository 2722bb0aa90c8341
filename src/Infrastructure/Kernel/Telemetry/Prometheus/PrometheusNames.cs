using System.Collections.Frozen;
using System.Text;

namespace Idp.Infrastructure.Kernel.Telemetry.Prometheus;

/// <summary>Turns names and units of OpenTelemetry into names that Prometheus allows.</summary>
/// <remarks>Rules: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/ (read 2026-11-22).</remarks>
internal static class PrometheusNames
{
    private const string Total = "_total";

    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["kBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["%"] = "percent",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> UnitsOfRates = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["d"] = "day",
        ["h"] = "hour",
        ["min"] = "minute",
        ["s"] = "second",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of a family: that of the instrument, its unit unless the name says it already, and <c>_total</c> for a counter.</summary>
    /// <param name="name">The instrument's name, e.g. <c>idp.llm.cost</c>.</param>
    /// <param name="unit">Its unit by UCUM, e.g. <c>USD</c>; a unit in braces only annotates and is left out.</param>
    /// <param name="type">What the family is.</param>
    public static string Family(string name, string unit, FamilyType type)
    {
        var text = Clean(name);
        if (type == FamilyType.Counter && text.EndsWith(Total, StringComparison.Ordinal))
        {
            text = text[..^Total.Length];
        }

        var suffix = unit == "1" && type == FamilyType.Gauge ? "ratio" : UnitName(unit);
        if (suffix.Length > 0 && text != suffix && !text.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            text = $"{text}_{suffix}";
        }

        return type == FamilyType.Counter ? text + Total : text;
    }

    /// <summary>The name of a label.</summary>
    public static string Label(string key) => Clean(key).Replace(':', '_');

    private static string UnitName(string unit)
    {
        var bare = WithoutAnnotations(unit);
        if (bare.Split('/', 2) is [var amount, var per])
        {
            var rate = UnitsOfRates.GetValueOrDefault(per) ?? CleanUnit(per);
            return rate.Length == 0 ? UnitName(amount) : $"{UnitName(amount)}_per_{rate}".TrimStart('_');
        }

        return bare == "1" ? string.Empty : Units.GetValueOrDefault(bare) ?? CleanUnit(bare);
    }

    private static string CleanUnit(string unit) => unit.Length == 0 ? string.Empty : Clean(unit).Trim('_').ToLowerInvariant();

    private static string WithoutAnnotations(string unit)
    {
        var kept = new StringBuilder(unit.Length);
        var depth = 0;
        foreach (var character in unit)
        {
            depth += character == '{' ? 1 : 0;
            if (depth == 0)
            {
                kept.Append(character);
            }

            depth -= character == '}' && depth > 0 ? 1 : 0;
        }

        return kept.ToString().Trim();
    }

    /// <summary>ASCII letters, digits, colons and single underscores; never a digit first, never empty.</summary>
    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            var allowed = char.IsAsciiLetterOrDigit(character) || character == ':' ? character : '_';
            if (allowed != '_' || clean is [.., not '_'] or { Length: 0 })
            {
                clean.Append(allowed);
            }
        }

        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? clean.Insert(0, '_').ToString() : clean.ToString();
    }
}
