using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Api.Kernel.Json;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction;

/// <summary>What a person said of a field.</summary>
/// <param name="Action"><c>approved</c>, <c>corrected</c> or <c>added</c>.</param>
/// <param name="OriginalValue">What the run read; null when it read nothing there.</param>
/// <param name="OriginalConfidence">How sure the run was; null when it read nothing there.</param>
/// <param name="PreviousValue">What was shown before; null for a value that was missing.</param>
/// <param name="Note">The person's words.</param>
/// <param name="Actor">Who it was.</param>
/// <param name="At">When.</param>
internal sealed record ReviewBody(
    string Action, JsonNode? OriginalValue, double? OriginalConfidence, JsonNode? PreviousValue, string? Note, string Actor, string At)
{
    public static ReviewBody From(FieldReview review, ExtractedField? machine) => new(
        review.Action.Print(), machine is null ? null : FieldBody.ValueOf(machine), machine?.Confidence.Print(), PrintedField.Of(review.PreviousValue), review.Note,
        review.Actor, review.At.Print());
}

/// <summary>Every review of a document, oldest first.</summary>
internal sealed record ReviewListBody(IReadOnlyList<ReviewEntryBody> Items);

/// <summary>One entry of the audit trail.</summary>
/// <param name="Id">The entry.</param>
/// <param name="FieldId">The field.</param>
/// <param name="Name">The field's name.</param>
/// <param name="AccountIndex">The account's place when the review was made.</param>
/// <param name="AccountNumber">The account's number; null when the document has none.</param>
/// <param name="Action"><c>approved</c>, <c>corrected</c>, <c>added</c> or <c>withdrawn</c>.</param>
/// <param name="PreviousValue">What was shown before; null for a value that was missing.</param>
/// <param name="Value">What counts from then on.</param>
/// <param name="OriginalValue">What the run read at the time; null when it read nothing there.</param>
/// <param name="Note">The person's words.</param>
/// <param name="Actor">Who it was.</param>
/// <param name="At">When.</param>
internal sealed record ReviewEntryBody(
    string Id, string FieldId, string Name, int AccountIndex, string? AccountNumber, string Action, JsonNode? PreviousValue, JsonNode? Value, JsonNode? OriginalValue,
    string? Note, string Actor, string At)
{
    public static ReviewEntryBody From(FieldReview review) => new(
        review.Id.ToString(), review.Field.ToString(), review.Reading.Name, review.Account.Index, review.Account.Number, review.Action.Print(),
        PrintedField.Of(review.PreviousValue), PrintedField.Of(review.Value), review.IsFromMachine ? FieldBody.ValueOf(review.Reading) : null, review.Note,
        review.Actor, review.At.Print());
}

/// <summary>How values of fields look on the wire.</summary>
internal static class PrintedField
{
    /// <summary>Text, or <c>{"key","value"}</c> for a pair of a form.</summary>
    public static JsonNode? Of(FieldValue? value) => value switch
    {
        null => null,
        { Key: { } key } => new JsonObject { ["key"] = JsonValue.Create(key), ["value"] = JsonValue.Create(value.Value) },
        _ => JsonValue.Create(value.Value),
    };
}

/// <summary>A correction, an approval, or the end of either.</summary>
/// <param name="Value">Text or a number in any form that the field is printed in; for a pair also <c>{"key","value"}</c>.</param>
/// <param name="Approved">True approves what is shown; false takes the review back.</param>
/// <param name="Note">Words for those who read the trail.</param>
internal sealed record FieldChangeBody(JsonElement Value, bool? Approved, string? Note);

/// <summary>A field that was missed.</summary>
/// <param name="AccountIndex">The account's place, from 0; 0 when absent.</param>
/// <param name="Name">The field's name in the schema.</param>
/// <param name="Value">Text or a number in any form that the field is printed in; for a pair also <c>{"key","value"}</c>.</param>
/// <param name="Key">For a pair, its key.</param>
/// <param name="Page">Where it stands, from 1.</param>
/// <param name="Boxes">Where on the page.</param>
/// <param name="Note">Words for those who read the trail.</param>
internal sealed record NewFieldBody(
    int? AccountIndex, string? Name, JsonElement Value, string? Key, int? Page, IReadOnlyList<BoxBody?>? Boxes, string? Note);
