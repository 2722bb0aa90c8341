using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Api.Documents;

/// <summary>Reads the fields that come with a file: <c>kind</c>, <c>priority</c>, <c>budget_usd</c>, <c>schema</c>, <c>tags</c>.</summary>
internal static class UploadFields
{
    /// <summary>Puts what the fields say into the request; an empty field counts as not sent.</summary>
    /// <returns>The request; <c>request.invalid</c> names every field that cannot be understood.</returns>
    public static Result<UploadDocument> Apply(UploadDocument request, IReadOnlyDictionary<string, string> fields)
    {
        var faults = new List<FieldError>();
        var kind = Read("kind", PrintedValues.Read<DocumentKind>, $"Must be one of {PrintedValues.List<DocumentKind>()}.");
        var priority = Read("priority", ReadPriority, "Must be 0 (first), 1 or 2.");
        var budget = Read("budget_usd", ReadAmount, "Must be an amount in US dollars such as 0.50.");
        return faults.Count > 0
            ? RequestProblems.Invalid(faults)
            : request with
            {
                Kind = kind ?? request.Kind,
                Priority = priority ?? request.Priority,
                BudgetUsd = budget ?? request.BudgetUsd,
                SchemaName = Text("schema") ?? request.SchemaName,
                Tags = Text("tags") is { } tags
                    ? tags.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToValueList()
                    : request.Tags,
            };

        string? Text(string name) => fields.TryGetValue(name, out var text) && text.Trim() is { Length: > 0 } given ? given : null;

        T? Read<T>(string name, Func<string, T?> read, string message)
            where T : struct
        {
            var value = Text(name) is { } text ? read(text) : null;
            if (value is null && Text(name) is not null)
            {
                faults.Add(new FieldError(name, message));
            }

            return value;
        }
    }

    private static Priority? ReadPriority(string text) => text switch
    {
        "0" => Priority.High,
        "1" => Priority.Normal,
        "2" => Priority.Low,
        _ => null,
    };

    private static decimal? ReadAmount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
