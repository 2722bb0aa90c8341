using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Options;

/// <summary>Settings given as text: on the command line and in the environment.</summary>
public static class TextSettings
{
    private const string EnvironmentPrefix = "SIMULATOR_";

    /// <summary>Settings from the environment (<c>SIMULATOR_FAULTS__SEED</c>), then from the command line (<c>--faults.seed 7</c> or <c>--faults.seed=7</c>).</summary>
    /// <exception cref="JsonException">A name is unknown, or a value is of the wrong type or range.</exception>
    public static SimulatorOptions Read(IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in environment.Where(static variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)))
        {
            Put(patch, name[EnvironmentPrefix.Length..].ToLowerInvariant().Split("__"), value);
        }

        var options = OptionsPatch.Apply(new SimulatorOptions(), patch);
        patch = [];
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                throw new JsonException($"'{argument}' is no setting; settings look like --latency.fixed_milliseconds 500.");
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? argument : argument[..equals])[2..].Replace('-', '_');
            var value = equals >= 0 ? argument[(equals + 1)..]
                : index + 1 < arguments.Count && !arguments[index + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++index]
                : "true";
            Put(patch, name.Split('.'), value);
        }

        return OptionsPatch.Apply(options, patch);
    }

    /// <summary>Every setting's dotted name with its default.</summary>
    public static IEnumerable<(string Name, string Default)> Describe() => Leaves(OptionsPatch.ToJson(new SimulatorOptions()), string.Empty);

    private static void Put(JsonObject patch, string[] path, string value)
    {
        var known = (JsonNode?)OptionsPatch.ToJson(new SimulatorOptions());
        foreach (var part in path)
        {
            if (known is not JsonObject container || !container.TryGetPropertyValue(part, out known))
            {
                throw new JsonException($"There is no setting {string.Join('.', path)}.");
            }
        }

        var target = patch;
        foreach (var part in path[..^1])
        {
            target = (target[part] ??= new JsonObject()).AsObject();
        }

        var name = path[^1];
        switch (known)
        {
            // A list grows with each mention: --truth a.json --truth b.json.
            case JsonArray:
                var list = (target[name] ??= new JsonArray()).AsArray();
                foreach (var item in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    list.Add((JsonNode)item);
                }

                break;
            case JsonValue leaf when leaf.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                target[name] = bool.TryParse(value, out var flag) ? flag : throw new JsonException($"{name} is true or false, not '{value}'.");
                break;
            default:
                target[name] = value;
                break;
        }
    }

    private static IEnumerable<(string Name, string Default)> Leaves(JsonObject container, string prefix) => container.SelectMany(entry =>
        entry.Value is JsonObject inner ? Leaves(inner, $"{prefix}{entry.Key}.") : [(prefix + entry.Key, entry.Value?.ToJsonString() ?? "null")]);
}
