using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Unit.Kernel.Telemetry;

/// <summary>One line with a value.</summary>
public sealed record ScrapedSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Series { get; } = $"{Name}{{{string.Join(',', Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))}}}";
}

/// <summary>Reads Prometheus's text format strictly and knows nothing of how it was written; anything that Prometheus might refuse is a <see cref="FormatException"/>.</summary>
public sealed partial class ScrapedPage
{
    private readonly HashSet<string> _helped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private string? _open;

    private ScrapedPage()
    {
    }

    /// <summary>Family → type.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Family → help, as it was before it was escaped.</summary>
    public Dictionary<string, string> Helps { get; } = new(StringComparer.Ordinal);

    public List<ScrapedSample> Samples { get; } = [];

    public static ScrapedPage Parse(string text)
    {
        var page = new ScrapedPage();
        Demand(text.Length == 0 || text[^1] == '\n', "The last line has no end.");
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            page.ReadLine(line);
        }

        page.CheckHistograms();
        return page;
    }

    /// <summary>The value of the one sample of that name and those labels; null when there is none.</summary>
    public double? Find(string name, params (string Name, string Value)[] labels) => Samples
        .SingleOrDefault(sample => sample.Name == name && sample.Labels.Count == labels.Length
            && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))?.Value;

    private static void Demand(bool condition, string message)
    {
        if (!condition)
        {
            throw new FormatException(message);
        }
    }

    private void ReadLine(string line)
    {
        if (Help().Match(line) is { Success: true } help)
        {
            var family = help.Groups["name"].Value;
            Demand(_helped.Add(family) && !Types.ContainsKey(family), $"Help out of place: {line}");
            Helps[family] = Unescape(help.Groups["text"].Value, "\\n");
        }
        else if (Type().Match(line) is { Success: true } type)
        {
            Demand(Types.TryAdd(type.Groups["name"].Value, type.Groups["type"].Value), $"Type given twice: {line}");
        }
        else
        {
            var sample = ReadSample(line);
            var family = FamilyOf(sample);
            if (_open != family)
            {
                Demand(_open is null || _closed.Add(_open), "Unreachable.");
                Demand(!_closed.Contains(family), $"The family comes in pieces: {line}");
                _open = family;
            }

            Demand(_series.Add(sample.Series), $"The series comes twice: {line}");
            Samples.Add(sample);
        }
    }

    private static ScrapedSample ReadSample(string line)
    {
        var match = Sample().Match(line);
        Demand(match.Success, $"Not a line of the format: {line}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < match.Groups["label"].Captures.Count; index++)
        {
            Demand(labels.TryAdd(match.Groups["label"].Captures[index].Value, Unescape(match.Groups["text"].Captures[index].Value, "\\\"n")), $"A label comes twice: {line}");
        }

        return new ScrapedSample(match.Groups["name"].Value, labels, ReadNumber(match.Groups["value"].Value));
    }

    private static double ReadNumber(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string text, string allowed) => Escaped().Replace(text, match =>
    {
        Demand(allowed.Contains(match.Value[1], StringComparison.Ordinal), $"Unknown escape {match.Value}");
        return match.Value[1] == 'n' ? "\n" : match.Value[1..];
    });

    private string FamilyOf(ScrapedSample sample)
    {
        if (Types.TryGetValue(sample.Name, out var type))
        {
            Demand(type != "histogram", $"A histogram has no value of its own: {sample.Series}");
            Demand(type != "counter" || (sample.Name.EndsWith("_total", StringComparison.Ordinal) && sample.Value >= 0), $"Not a counter: {sample.Series}");
            return sample.Name;
        }

        var family = new[] { "_bucket", "_sum", "_count" }.Where(suffix => sample.Name.EndsWith(suffix, StringComparison.Ordinal))
            .Select(suffix => sample.Name[..^suffix.Length]).FirstOrDefault(name => Types.GetValueOrDefault(name) == "histogram");
        Demand(family is not null, $"No type was given: {sample.Series}");
        return family!;
    }

    private void CheckHistograms()
    {
        foreach (var family in Types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            foreach (var count in Samples.Where(sample => sample.Name == $"{family}_count"))
            {
                var buckets = Samples.Where(sample => sample.Name == $"{family}_bucket"
                    && sample.Labels.Count == count.Labels.Count + 1 && count.Labels.All(label => sample.Labels.GetValueOrDefault(label.Key) == label.Value)).ToList();
                var bounds = buckets.ConvertAll(bucket => ReadNumber(bucket.Labels["le"]));
                Demand(bounds.Count > 0 && double.IsPositiveInfinity(bounds[^1]), $"{count.Series}: the last bucket must be +Inf.");
                Demand(bounds.SequenceEqual(bounds.Distinct().Order()), $"{count.Series}: bounds must rise.");
                Demand(buckets.Select(bucket => bucket.Value).SequenceEqual(buckets.Select(bucket => bucket.Value).Order()), $"{count.Series}: buckets must add up.");
                Demand(buckets[^1].Value.Equals(count.Value), $"{count.Series}: +Inf must hold all.");
                Demand(Samples.Any(sample => sample.Name == $"{family}_sum"), $"{count.Series}: the sum is missing.");
            }
        }
    }

    [GeneratedRegex("^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Type();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>([^"\\]|\\.)*)"(,(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>([^"\\]|\\.)*)")*\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline, 5000)]
    private static partial Regex Escaped();
}
