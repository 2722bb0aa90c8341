using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>Ground truth of scanned forms: <c>pairs[{question,answer}]</c> and <c>text_lines</c>.</summary>
internal static class FormTruth
{
    /// <summary>Reads one form.</summary>
    public static TruthDocument Read(JsonObject root, string name)
    {
        var fields = root["pairs"]!.AsArray()
            .Select(static pair => (Key: pair!["question"]!.GetValue<string>(), Value: pair["answer"]!.GetValue<string>()))
            .Select(static pair => new TruthField("pairs", new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value }, pair.Value, 1))
            .ToList();
        return new TruthDocument(name, [new TruthPage(1, root["text_lines"]!.GetValue<string>())], [new TruthAccount(null, fields)]);
    }
}
