using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Api.Kernel.Http;

/// <summary>Reads the fields that come with files: <c>kind</c>, <c>priority</c>, <c>budget_usd</c>, <c>schema</c>, <c>tags</c>.</summary>
internal static class IntakeFields
{
    /// <summary>What the fields say; an empty field counts as not sent.</summary>
    /// <returns>The terms; <c>request.invalid</c> names every field that cannot be understood.</returns>
    public static Result<IntakeTerms> Read(IReadOnlyDictionary<string, string> fields)
    {
        var faults = new List<FieldError>();
        var terms = new IntakeTerms(
            Read("kind", PrintedValues.Read<DocumentKind>, $"Must be one of {PrintedValues.List<DocumentKind>()}.") ?? DocumentKind.Auto,
            Read("priority", ReadPriority, "Must be 0 (first), 1 or 2."),
            Read("budget_usd", ReadAmount, "Must be an amount in US dollars such as 0.50."),
            Text("schema"),
            (Text("tags") ?? string.Empty).Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal).ToValueList());
        return faults.Count > 0 ? RequestProblems.Invalid(faults) : terms;

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
