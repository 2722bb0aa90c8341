using Idp.Api.Kernel.Json;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.Extraction;

/// <summary>The names of the schemas.</summary>
internal sealed record SchemaListBody(IReadOnlyList<string> Items);

/// <summary>What to read out of a kind of document.</summary>
/// <param name="Name">Its name; in a request, the path's when absent.</param>
/// <param name="Kind">The kind of document that it is for; <c>generic</c> when absent.</param>
/// <param name="SplitsAccounts">True when one document may hold several accounts.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Tables">The tables.</param>
internal sealed record SchemaBody(
    string? Name, string? Kind, bool? SplitsAccounts, IReadOnlyList<SchemaFieldBody>? Fields, IReadOnlyList<SchemaTableBody>? Tables)
{
    public static SchemaBody From(ExtractionSchema schema) => new(
        schema.Name,
        schema.Kind.Print(),
        schema.SplitsAccounts,
        [.. schema.Fields.Select(static field => new SchemaFieldBody(
            field.Name, field.Type.Print(), field.Multiple, field.Required, field.Labels, field.Description))],
        [.. schema.Tables.Select(static table => new SchemaTableBody(
            table.Name, [.. table.Columns.Select(static column => new SchemaColumnBody(column.Name, column.Type.Print(), column.Headers))]))]);

    /// <summary>The schema; a fault is added for every member that cannot be understood.</summary>
    public ExtractionSchema ToSchema(string name, List<FieldError> faults)
    {
        if (Name is not null && Name != name)
        {
            faults.Add(new FieldError("name", $"Must be '{name}' as in the path, or absent."));
        }

        var kind = Kind is null ? DocumentKind.Generic : PrintedValues.Read<DocumentKind>(Kind);
        if (kind is null)
        {
            faults.Add(new FieldError("kind", $"Must be one of {PrintedValues.List<DocumentKind>()}."));
        }

        return new ExtractionSchema(
            name,
            kind ?? DocumentKind.Generic,
            SplitsAccounts ?? false,
            (Fields ?? []).Select((field, index) => ToField(field, $"fields[{index}]", faults)).ToValueList(),
            (Tables ?? []).Select((table, index) => new TableDefinition(
                table?.Name ?? string.Empty,
                (table?.Columns ?? []).Select((column, place) => ToColumn(column, $"tables[{index}].columns[{place}]", faults)).ToValueList())).ToValueList());
    }

    private static FieldDefinition ToField(SchemaFieldBody? field, string where, List<FieldError> faults) => new(
        field?.Name ?? string.Empty, ToType(field?.Type, where, faults), field?.Multiple ?? false, field?.Required ?? false,
        (field?.Labels ?? []).Select(static label => label ?? string.Empty).ToValueList(), field?.Description);

    private static ColumnDefinition ToColumn(SchemaColumnBody? column, string where, List<FieldError> faults) => new(
        column?.Name ?? string.Empty, ToType(column?.Type, where, faults), (column?.Headers ?? []).Select(static header => header ?? string.Empty).ToValueList());

    private static FieldType ToType(string? text, string where, List<FieldError> faults)
    {
        var type = text is null ? FieldType.Text : PrintedValues.Read<FieldType>(text);
        if (type is null)
        {
            faults.Add(new FieldError($"{where}.type", $"Must be one of {PrintedValues.List<FieldType>()}."));
        }

        return type ?? FieldType.Text;
    }
}

/// <summary>One field to read.</summary>
internal sealed record SchemaFieldBody(string? Name, string? Type, bool? Multiple, bool? Required, IReadOnlyList<string>? Labels, string? Description);

/// <summary>One table to read.</summary>
internal sealed record SchemaTableBody(string? Name, IReadOnlyList<SchemaColumnBody>? Columns);

/// <summary>One column to read.</summary>
internal sealed record SchemaColumnBody(string? Name, string? Type, IReadOnlyList<string>? Headers);
