using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>What a model says of some pages, as it says it; page numbers are those of the request.</summary>
/// <param name="Readings">Values of fields.</param>
/// <param name="Rows">Rows of tables.</param>
internal sealed record ExtractionReply(ValueList<ModelReading> Readings, ValueList<ModelRow> Rows)
{
    /// <summary>Reads the JSON of a reply; tolerant of what is more or less than asked, strict about its outline.</summary>
    /// <returns>The reply; otherwise what is wrong with it, for the model.</returns>
    public static Result<ExtractionReply> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return ModelErrors.Malformed("the reply must be one JSON object with the properties 'fields' and 'tables'.");
        }

        if (!json.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Array)
        {
            return ModelErrors.Malformed("the property 'fields' must be an array.");
        }

        if (fields.EnumerateArray().Any(field => field.ValueKind != JsonValueKind.Object || TextOf(field, "name") is null || !field.TryGetProperty("value", out _)))
        {
            return ModelErrors.Malformed("each entry of 'fields' must be an object with 'name' and 'value'.");
        }

        var tables = json.TryGetProperty("tables", out var given) && given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().ToList() : [];
        if (tables.Exists(table => table.ValueKind != JsonValueKind.Object || !table.TryGetProperty("rows", out var rows) || rows.ValueKind != JsonValueKind.Array))
        {
            return ModelErrors.Malformed("each entry of 'tables' must be an object with 'name' and an array 'rows'.");
        }

        return new ExtractionReply(
            fields.EnumerateArray().Select(ReadField).OfType<ModelReading>().ToValueList(),
            tables.SelectMany(table => table.GetProperty("rows").EnumerateArray().Select(row => ReadRow(TextOf(table, "name") ?? string.Empty, row)))
                .OfType<ModelRow>().ToValueList());
    }

    /// <summary>
    /// The part of the reply that is about one section, with the section's present page number. What names no page that was sent goes with the first section:
    /// the evidence decides.
    /// </summary>
    /// <param name="sent">The page numbers that the sections had in the request.</param>
    /// <param name="index">The section.</param>
    /// <param name="page">The section's page in the document at hand.</param>
    public ExtractionReply ForSection(ValueList<int> sent, int index, int page)
    {
        return new ExtractionReply(
            Readings.Where(reading => IsAbout(reading.Page)).Select(reading => reading with { Page = page }).ToValueList(),
            Rows.Where(row => IsAbout(row.Page)).Select(row => row with { Page = page }).ToValueList());

        bool IsAbout(int? named) => named == sent[index] || (index == 0 && (named is null || !sent.Contains(named.Value)));
    }

    /// <summary>The reply with the page numbers of the document at hand.</summary>
    public ExtractionReply WithPages(Func<int, int?> pageOf) => new(
        Readings.Select(reading => reading with { Page = reading.Page is { } page ? pageOf(page) : null }).ToValueList(),
        Rows.Select(row => row with { Page = row.Page is { } page ? pageOf(page) : null }).ToValueList());

    private static ModelReading? ReadField(JsonElement field)
    {
        var value = field.GetProperty("value");
        var (key, text) = value.ValueKind == JsonValueKind.Object ? (TextOf(value, "key"), TextOf(value, "value")) : (null, TextOf(field, "value"));
        return string.IsNullOrWhiteSpace(text) ? null : new ModelReading(TextOf(field, "name")!, text, key, PageOf(field), TextOf(field, "quote"));
    }

    private static ModelRow? ReadRow(string table, JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("cells", out var cells) || cells.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var named = cells.EnumerateObject()
            .Select(cell => (cell.Name, Text: TextOf(cells, cell.Name)))
            .Where(cell => !string.IsNullOrWhiteSpace(cell.Text))
            .Select(cell => new TableCell(cell.Name, cell.Text!, cell.Text!)).ToValueList();
        return named.Count == 0 ? null : new ModelRow(table, PageOf(row), named);
    }

    /// <summary>Text or a number as text; null for anything else.</summary>
    private static string? TextOf(JsonElement parent, string name) => !parent.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static int? PageOf(JsonElement parent) => parent.TryGetProperty("page", out var page) && page.ValueKind == JsonValueKind.Number && page.TryGetInt32(out var number)
        ? number
        : null;
}
