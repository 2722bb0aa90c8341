using System.Text.Json;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Extraction.Sql;

/// <summary>An entry of the audit trail as the table holds it: types that both databases have, in the order of <see cref="Select"/>.</summary>
internal sealed record ReviewRow(
    string DocumentId, string Id, string FieldId, string Action, long AccountIndex, string? AccountNumber, string Reading, long IsFromMachine, long IsMultiple,
    string Value, string? ValueKey, string? PreviousValue, string? PreviousKey, string? Note, string Actor, string At)
{
    /// <summary>Adds an entry.</summary>
    public const string Insert = """
        INSERT INTO field_reviews (
            document_id, id, field_id, action, account_index, account_number, reading, is_from_machine, is_multiple, value, value_key, previous_value, previous_key,
            note, actor, at)
        VALUES (
            @DocumentId, @Id, @FieldId, @Action, @AccountIndex, @AccountNumber, @Reading, @IsFromMachine, @IsMultiple, @Value, @ValueKey, @PreviousValue, @PreviousKey,
            @Note, @Actor, @At)
        """;

    /// <summary>Reads a document's entries, oldest first.</summary>
    public const string Select = """
        SELECT document_id AS DocumentId, id AS Id, field_id AS FieldId, action AS Action, account_index AS AccountIndex, account_number AS AccountNumber,
            reading AS Reading, is_from_machine AS IsFromMachine, is_multiple AS IsMultiple, value AS Value, value_key AS ValueKey,
            previous_value AS PreviousValue, previous_key AS PreviousKey, note AS Note, actor AS Actor, at AS At
        FROM field_reviews WHERE document_id = @DocumentId ORDER BY sequence
        """;

    /// <summary>Removes a document's entries.</summary>
    public const string Delete = "DELETE FROM field_reviews WHERE document_id = @DocumentId";

    /// <summary>The row of an entry.</summary>
    public static ReviewRow Of(DocumentId document, FieldReview review) => new(
        document.ToString(), review.Id.ToString(), review.Field.ToString(), EnumText<ReviewAction>.Of(review.Action), review.Account.Index, review.Account.Number,
        JsonSerializer.Serialize(review.Reading, ExtractionJson.Default.ExtractedField), review.IsFromMachine ? 1 : 0, review.IsMultiple ? 1 : 0,
        review.Value.Value, review.Value.Key, review.PreviousValue?.Value, review.PreviousValue?.Key, review.Note, review.Actor, TimeText.Of(review.At));

    /// <summary>The entry of this row.</summary>
    public FieldReview ToReview() => new(
        StrongId.Parse<ReviewId>(Id), StrongId.Parse<FieldId>(FieldId), EnumText<ReviewAction>.Parse(Action), new ReviewedAccountKey((int)AccountIndex, AccountNumber),
        JsonSerializer.Deserialize(Reading, ExtractionJson.Default.ExtractedField)!, IsFromMachine != 0, IsMultiple != 0, new FieldValue(Value, ValueKey),
        PreviousValue is null ? null : new FieldValue(PreviousValue, PreviousKey), Note, Actor, TimeText.Parse(At));
}
