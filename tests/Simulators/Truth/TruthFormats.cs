using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>Tells the formats of ground truth apart by what is in them.</summary>
internal static class TruthFormats
{
    /// <summary>Reads one JSON value; null if it is of no known form.</summary>
    /// <param name="root">The value: one document, a list of them, or an object with <c>documents</c>.</param>
    /// <param name="name">The name of a document that does not say its own.</param>
    /// <exception cref="JsonException">The form is known, and a part is missing or of the wrong type.</exception>
    public static IReadOnlyList<TruthDocument>? Read(JsonNode? root, string name)
    {
        try
        {
            return root switch
            {
                JsonArray list => ReadAll(list, name),
                JsonObject bundle when bundle["documents"] is JsonArray list => ReadAll(list, name),
                JsonObject document => ReadOne(document, name) is { } truth ? [truth] : null,
                _ => null,
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or NullReferenceException or ArgumentNullException)
        {
            throw new JsonException($"The ground truth '{name}' lacks a part, or one is of the wrong type: {exception.Message}", exception);
        }
    }

    private static TruthDocument? ReadOne(JsonObject root, string name) =>
        root.ContainsKey("packet_id") ? PacketTruth.Read(root)
        : root.ContainsKey("pairs") && root.ContainsKey("entities") ? FormTruth.Read(root, name)
        : root.ContainsKey("statement_pages") && root["line_items"] is JsonArray ? FinancialTruth.Read(root, name)
        : root["fields"] is JsonObject && root.ContainsKey("text_lines") ? ReceiptTruth.Read(root, name)
        : root["accounts"] is JsonArray && root.ContainsKey("document") ? OwnTruth.Read(root)
        : null;

    private static List<TruthDocument> ReadAll(JsonArray list, string name) =>
        [.. list.Select(item => (item is JsonObject document ? ReadOne(document, name) : null) ?? throw new JsonException($"The ground truth '{name}' has a document of no known form."))];
}
