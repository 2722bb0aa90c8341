using System.Text.Json;
using Idp.Application.Extraction;
using Idp.Domain.Extraction;

namespace Idp.Infrastructure.Extraction.Schemas;

/// <summary>The form of a schema in a file. Lists may be left out when they are empty, and the name when the file's name says it.</summary>
internal static class SchemaFile
{
    /// <summary>Reads a schema that was stored under <paramref name="name"/>.</summary>
    /// <exception cref="JsonException">The text is no schema; the message says where and why.</exception>
    public static ExtractionSchema Read(ReadOnlySpan<byte> text, string name)
    {
        var read = JsonSerializer.Deserialize(text, ExtractionJson.Default.ExtractionSchema) ?? throw new JsonException("The schema is null.");
        if ((read.Name ?? name) != name)
        {
            throw new JsonException($"The schema calls itself '{read.Name}', its file '{name}'.");
        }

        return read with
        {
            Name = name,
            Fields = [.. (read.Fields ?? []).Select(Complete)],
            Tables = [.. (read.Tables ?? []).Select(Complete)],
        };
    }

    /// <summary>Writes a schema.</summary>
    public static byte[] Write(ExtractionSchema schema) => JsonSerializer.SerializeToUtf8Bytes(schema, ExtractionJson.Default.ExtractionSchema);

    private static FieldDefinition Complete(FieldDefinition field) => field with
    {
        Name = Named(field.Name, "field"),
        Labels = field.Labels ?? [],
    };

    private static TableDefinition Complete(TableDefinition table) => table with
    {
        Name = Named(table.Name, "table"),
        Columns = [.. (table.Columns ?? []).Select(Complete)],
    };

    private static ColumnDefinition Complete(ColumnDefinition column) => column with
    {
        Name = Named(column.Name, "column"),
        Headers = column.Headers ?? [],
    };

    private static string Named(string? name, string what) =>
        string.IsNullOrWhiteSpace(name) ? throw new JsonException($"A {what} has no name.") : name;
}
