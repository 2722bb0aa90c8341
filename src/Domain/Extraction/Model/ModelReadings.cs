using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Brings what a model said to the form of everything else: normalised, with places that were found on the pages, never taken from the model.</summary>
public static class ModelReadings
{
    /// <summary>A reply with more readings than this is no answer about these pages; the rest is passed over.</summary>
    private const int MostReadings = 5_000;

    /// <summary>What models write where a value is missing.</summary>
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "none", "n/a", "na", "nil", "unknown", "not found", "not available", "not applicable", "not provided", "not specified", "-", "--",
    };

    /// <summary>Checks each reading against the pages.</summary>
    /// <param name="schema">What was asked for; readings of other names are dropped.</param>
    /// <param name="pages">The pages that the model was shown. A page that the model names wrongly does not matter.</param>
    /// <param name="readings">What the model said.</param>
    /// <param name="accountNumber">The account's number, normalised; readings of another are dropped. Null when there is none.</param>
    /// <returns>
    /// One field a reading, in the order of the readings: supported where the pages show it, derived where they show only the quote, else unsupported.
    /// </returns>
    public static ValueList<ExtractedField> Align(
        ExtractionSchema schema, IReadOnlyList<Page> pages, IReadOnlyList<ModelReading> readings, string? accountNumber)
    {
        var fields = schema.Fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        var search = new ModelEvidence(schema, pages);
        return readings.Take(MostReadings)
            .Where(reading => fields.ContainsKey(reading.Name.Trim()))
            .SelectMany(reading => Persons(fields[reading.Name.Trim()], reading))
            .Select(each => FieldOf(search, each.Field, each.Reading, accountNumber))
            .OfType<ExtractedField>().Distinct().ToValueList();
    }

    private static ExtractedField? FieldOf(ModelEvidence search, FieldDefinition field, ModelReading reading, string? accountNumber)
    {
        if (ValueOf(field, reading, accountNumber) is not { } value)
        {
            return null;
        }

        var key = field.Type is FieldType.Pair ? KeyOf(reading) : null;
        if (field.Type is FieldType.Pair && key is null)
        {
            return null;
        }

        var place = search.Find(field, reading with { Value = value, Key = key });
        return new ExtractedField(
            field.Name, field.Type, place.Value, place.Printed ?? reading.Value.Trim(), place.Confidence, place.Status, place.Evidence, [], key);
    }

    /// <summary>The normal form of the value, else that of the quote; null when neither is a value of the field.</summary>
    private static string? ValueOf(FieldDefinition field, ModelReading reading, string? accountNumber)
    {
        if (field.Type is not FieldType.Pair && (Missing.Contains(reading.Value.Trim()) || reading.Value.AsSpan().Trim().IsEmpty))
        {
            return null;
        }

        var value = ValueNormalizer.Normalize(field, reading.Value)
            ?? (reading.Quote is { } quote ? ValueNormalizer.Normalize(field, quote) : null);
        if (value is null || accountNumber is null)
        {
            return value;
        }

        return field switch
        {
            { Name: "account_number" } => IsSameNumber(reading.Value, accountNumber) ? accountNumber : null,
            { Type: FieldType.Identifier } when PageText.Letters(value) == PageText.Letters(accountNumber) => null,
            _ => value,
        };
    }

    private static bool IsSameNumber(string said, string accountNumber) =>
        PageText.Letters(said) == PageText.Letters(accountNumber)
        || (AccountNumber.Parse(said) is { } number && AccountNumber.Parse(accountNumber) is { } own && number.IsSameAs(own));

    private static string? KeyOf(ModelReading reading) =>
        PrintedText.Tidy(reading.Key ?? string.Empty).Trim(' ', ':', '*', '.', ',', ';', '-') is { Length: > 0 } key ? key : null;

    /// <summary>Parts a value that names several persons into one reading a person.</summary>
    private static IEnumerable<(FieldDefinition Field, ModelReading Reading)> Persons(FieldDefinition field, ModelReading reading)
    {
        if (field is not { Multiple: true, Type: FieldType.Name } || reading.Value.AsSpan().Trim().IsEmpty || NameShape.IsOrganization(reading.Value.Trim()))
        {
            return [(field, reading)];
        }

        string[] joints = [" and ", " AND ", " And ", " & ", " or ", " OR ", ";", "\n"];
        var parts = reading.Value.Split(joints, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 1 && parts.All(part => part.Contains(' ', StringComparison.Ordinal))
            ? parts.Select(part => (field, reading with { Value = part }))
            : [(field, reading)];
    }
}
