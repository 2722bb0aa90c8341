using System.Text.Json.Nodes;

namespace Idp.Simulators.Answers;

/// <summary>Shapes an answer as its schema wants it, as a provider with structured output does: closed objects lose what they may not have, required parts that are missing become null, objects become lists of names and values where a list is wanted.</summary>
internal static class SchemaShape
{
    /// <summary>Shapes in place.</summary>
    public static void Fit(JsonObject answer, JsonObject schema) => FitNode(answer, schema, schema);

    private static JsonNode? FitNode(JsonNode? node, JsonObject schema, JsonObject root)
    {
        switch (Chosen(node, Resolved(schema, root), root))
        {
            case { } array when node is JsonObject entries && TypesOf(array).SequenceEqual(["array"]) && PairOf(array, root) is (var name, var value):
                return FitNode(new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject { [name] = entry.Key, [value] = entry.Value?.DeepClone() })]), array, root);
            case { } closed when node is JsonObject entries:
                FitObject(entries, closed, root);
                return entries;
            case { } list when node is JsonArray items && list["items"] is JsonObject inner:
                FitItems(items, inner, root);
                return items;
            case { } text when node is JsonValue value && TypesOf(text).Contains("string") && !TypesOf(text).Contains("number") && value.GetValueKind() is System.Text.Json.JsonValueKind.Number:
                return value.ToJsonString();
            default:
                return node;
        }
    }

    private static void FitObject(JsonObject entries, JsonObject schema, JsonObject root)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        var isClosed = schema["additionalProperties"] is JsonValue open && open.TryGetValue<bool>(out var isOpen) && !isOpen;
        foreach (var name in entries.Select(static entry => entry.Key).ToList())
        {
            if (properties[name] is JsonObject inner)
            {
                var value = entries[name];
                var fitted = FitNode(value, inner, root);
                if (!ReferenceEquals(value, fitted))
                {
                    entries[name] = fitted;
                }
            }
            else if (isClosed)
            {
                entries.Remove(name);
            }
        }

        foreach (var name in (schema["required"] as JsonArray ?? []).Select(static name => name!.GetValue<string>()).Where(name => !entries.ContainsKey(name)))
        {
            entries[name] = properties[name] is JsonObject inner && TypesOf(Resolved(inner, root)).SequenceEqual(["array"]) ? new JsonArray() : null;
        }
    }

    /// <summary>Items whose name the schema does not list are left out: the model was not asked for them.</summary>
    private static void FitItems(JsonArray items, JsonObject schema, JsonObject root)
    {
        var names = (Resolved(schema, root)["properties"] as JsonObject)?["name"]?["enum"] as JsonArray;
        var known = names?.Select(static name => name?.ToString()).ToHashSet(StringComparer.Ordinal);
        for (var index = items.Count - 1; index >= 0; index--)
        {
            if (known is not null && items[index] is JsonObject item && item["name"]?.ToString() is { } name && !known.Contains(name))
            {
                items.RemoveAt(index);
                continue;
            }

            var fitted = FitNode(items[index], schema, root);
            if (!ReferenceEquals(items[index], fitted))
            {
                items[index] = fitted;
            }
        }
    }

    /// <summary>Of several allowed schemas, the first that the node is of; an object may also become a list.</summary>
    private static JsonObject Chosen(JsonNode? node, JsonObject schema, JsonObject root)
    {
        if (schema["anyOf"] is not JsonArray choices)
        {
            return schema;
        }

        var wanted = node switch
        {
            JsonObject => "object",
            JsonArray => "array",
            null => "null",
            JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.Number => "number",
            _ => "string",
        };
        var schemas = choices.OfType<JsonObject>().Select(choice => Resolved(choice, root)).ToList();
        return schemas.Find(choice => TypesOf(choice).Contains(wanted) && Distinguishes(choice, node))
            ?? schemas.Find(choice => TypesOf(choice).Contains(wanted))
            ?? schemas.Find(static choice => TypesOf(choice).Contains("array"))
            ?? schema;
    }

    /// <summary>Whether a choice that holds for one name only, holds for this node.</summary>
    private static bool Distinguishes(JsonObject choice, JsonNode? node) =>
        (choice["properties"] as JsonObject)?["name"] is not JsonObject name || node is not JsonObject entries || entries["name"]?.ToString() is not { } value
        || (name["const"] is { } only ? only.ToString() == value : name["enum"] is not JsonArray names || names.Any(item => item?.ToString() == value));

    /// <summary>The two properties of a list's items that hold a name and a value.</summary>
    private static (string Name, string Value)? PairOf(JsonObject array, JsonObject root) =>
        array["items"] is JsonObject items && Resolved(items, root)["properties"] is JsonObject { Count: 2 } properties ? (properties.First().Key, properties.Last().Key) : null;

    private static JsonObject Resolved(JsonObject schema, JsonObject root)
    {
        const string definitions = "#/$defs/";
        return schema["$ref"]?.ToString() is { } reference && reference.StartsWith(definitions, StringComparison.Ordinal)
            && root["$defs"]?[reference[definitions.Length..]] is JsonObject resolved ? resolved : schema;
    }

    private static string[] TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(static type => type!.ToString()).Where(static type => type != "null")],
        { } type => [type.ToString()],
        null => [],
    };
}
