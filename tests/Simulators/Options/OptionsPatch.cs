using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Options;

/// <summary>Changes some settings and keeps the rest; settings travel as JSON in <c>snake_case</c>.</summary>
public static class OptionsPatch
{
    /// <summary>The settings as JSON.</summary>
    public static JsonObject ToJson(SimulatorOptions options) =>
        JsonSerializer.SerializeToNode(options, SimulatorJson.Default.SimulatorOptions)!.AsObject();

    /// <summary>The settings with those of <paramref name="patch"/> in place of their own.</summary>
    /// <exception cref="JsonException">The patch has an unknown name or a value of the wrong type or range.</exception>
    public static SimulatorOptions Apply(SimulatorOptions options, JsonObject patch)
    {
        var merged = ToJson(options);
        Merge(merged, patch);
        return (merged.Deserialize(SimulatorJson.Default.SimulatorOptions) ?? new SimulatorOptions()).Checked();
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (target[name] is JsonObject inner && value is JsonObject innerPatch)
            {
                Merge(inner, innerPatch);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
