using System.Globalization;

namespace Idp.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Name">Which bench; empty for none.</param>
internal sealed record BenchSettings(string Name)
{
    /// <summary>How often each figure is taken; at least 1.</summary>
    public int Repeats { get; private init; } = 3;

    /// <summary>How long the simulated model takes, in seconds.</summary>
    public double SecondsPerCall { get; private init; } = 5;

    /// <summary>Calls of one round of <c>overhead</c>.</summary>
    public int Calls { get; private init; } = 2000;

    /// <summary>Documents of one round of <c>cancel</c>.</summary>
    public int Documents { get; private init; } = 50;

    /// <summary>A part of the names of the scenarios to run; empty for all.</summary>
    public string Only { get; private init; } = string.Empty;

    /// <summary>Whether <see cref="Only"/> asks for a scenario.</summary>
    public bool Wants(string scenario) => scenario.Contains(Only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown, or its value cannot be read.</exception>
    public static BenchSettings Read(IReadOnlyList<string> arguments)
    {
        var settings = new BenchSettings(arguments.Count > 0 ? arguments[0] : string.Empty);
        foreach (var pair in arguments.Skip(1).Chunk(2))
        {
            settings = pair is [var name, var value]
                ? settings.With(name, value)
                : throw new FormatException($"{pair[0]} has no value.");
        }

        return settings;
    }

    private BenchSettings With(string name, string value) => name switch
    {
        "--repeats" => this with { Repeats = Whole(name, value) },
        "--seconds-per-call" => this with { SecondsPerCall = double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : throw Wrong(name, value) },
        "--calls" => this with { Calls = Whole(name, value) },
        "--documents" => this with { Documents = Whole(name, value) },
        "--only" => this with { Only = value },
        _ => throw new FormatException($"{name} is no setting."),
    };

    private static int Whole(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Wrong(name, value);

    private static FormatException Wrong(string name, string value) => new($"{name} cannot be '{value}'.");
}
