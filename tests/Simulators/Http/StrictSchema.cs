using System.Text.Json.Nodes;

namespace Idp.Simulators.Http;

/// <summary>The rules that a schema with <c>strict: true</c> must keep to.</summary>
internal static class StrictSchema
{
    private const int MostProperties = 5_000;
    private const int MostLevels = 10;
    private const int MostEnumValues = 1_000;
    private const int MostCharacters = 120_000;

    private static readonly string[] Forbidden = ["allOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else", "patternProperties"];

    /// <summary>What is wrong with the schema, or null.</summary>
    public static string? Fault(JsonObject schema)
    {
        if (!IsObject(schema) || schema.ContainsKey("anyOf"))
        {
            return "schema must be a JSON Schema of 'type: \"object\"'.";
        }

        var count = new Count();
        return Walk(schema, "()", 1, count)
            ?? (count.Properties > MostProperties ? $"more than {MostProperties} properties." : null)
            ?? (count.EnumValues > MostEnumValues ? $"more than {MostEnumValues} enum values." : null)
            ?? (count.Characters > MostCharacters ? $"more than {MostCharacters} characters of names and enum values." : null);
    }

    private static string? Walk(JsonObject schema, string context, int level, Count count)
    {
        if (Forbidden.FirstOrDefault(schema.ContainsKey) is { } word)
        {
            return $"In context={context}, '{word}' is not permitted.";
        }

        if (level > MostLevels)
        {
            return $"more than {MostLevels} levels of nesting.";
        }

        if (schema["enum"] is JsonArray choices)
        {
            count.EnumValues += choices.Count;
            count.Characters += choices.Sum(static choice => choice?.ToString().Length ?? 0);
        }

        return (IsObject(schema) ? WalkObject(schema, context, level, count) : null)
            ?? (schema["items"] is JsonObject items ? Walk(items, $"{context}.items", level + 1, count) : null)
            ?? Each(schema["anyOf"] as JsonArray, context, level, count)
            ?? Each((schema["$defs"] as JsonObject)?.Select(static entry => entry.Value), context, level, count);
    }

    private static string? WalkObject(JsonObject schema, string context, int level, Count count)
    {
        if (schema["additionalProperties"] is not JsonValue closed || !closed.TryGetValue<bool>(out var isOpen) || isOpen)
        {
            return $"In context={context}, 'additionalProperties' is required to be supplied and to be false.";
        }

        var properties = schema["properties"] as JsonObject ?? [];
        var required = (schema["required"] as JsonArray ?? []).Select(static name => name?.ToString()).ToHashSet(StringComparer.Ordinal);
        count.Properties += properties.Count;
        count.Characters += properties.Sum(static property => property.Key.Length);
        return properties.FirstOrDefault(property => !required.Contains(property.Key)).Key is { } missing
            ? $"In context={context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '{missing}'."
            : properties.Select(property => property.Value is JsonObject inner
                ? Walk(inner, $"{context}.properties.{property.Key}", level + 1, count)
                : $"In context={context}, property '{property.Key}' has no schema.").FirstOrDefault(static fault => fault is not null);
    }

    private static string? Each(IEnumerable<JsonNode?>? schemas, string context, int level, Count count) =>
        schemas?.OfType<JsonObject>().Select(inner => Walk(inner, context, level, count)).FirstOrDefault(static fault => fault is not null);

    private static bool IsObject(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Any(static type => type?.ToString() == "object"),
        { } type => type.ToString() == "object",
        null => false,
    };

    private sealed class Count
    {
        public int Properties { get; set; }

        public int EnumValues { get; set; }

        public int Characters { get; set; }
    }
}
