using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>The simulator's own format; <c>README.md</c> describes it.</summary>
internal static class OwnTruth
{
    /// <summary>Reads one document; lists may be left out.</summary>
    public static TruthDocument Read(JsonObject root)
    {
        var whole = root.DeepClone().AsObject();
        whole["pages"] ??= new JsonArray();
        foreach (var account in whole["accounts"]!.AsArray().OfType<JsonObject>())
        {
            account["number"] ??= null;
            account["fields"] ??= new JsonArray();
            foreach (var field in account["fields"]!.AsArray().OfType<JsonObject>())
            {
                field["printed"] ??= field["value"]?.ToString();
            }
        }

        return whole.Deserialize(SimulatorJson.Default.TruthDocument)!;
    }
}
