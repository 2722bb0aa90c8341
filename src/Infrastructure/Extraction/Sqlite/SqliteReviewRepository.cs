using System.Text.Json;
using Dapper;
using Idp.Application.Extraction;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Extraction.Sqlite;

/// <summary>The audit trail of reviews in the SQLite database.</summary>
internal sealed class SqliteReviewRepository(SqliteDatabase database) : IReviewRepository
{
    private const string Insert = """
        INSERT INTO field_reviews (
            document_id, id, field_id, action, account_index, account_number, reading, is_from_machine, is_multiple, value, value_key, previous_value, previous_key,
            note, actor, at)
        VALUES (
            @DocumentId, @Id, @FieldId, @Action, @AccountIndex, @AccountNumber, @Reading, @IsFromMachine, @IsMultiple, @Value, @ValueKey, @PreviousValue, @PreviousKey,
            @Note, @Actor, @At)
        """;

    private const string Select = """
        SELECT document_id AS DocumentId, id AS Id, field_id AS FieldId, action AS Action, account_index AS AccountIndex, account_number AS AccountNumber,
            reading AS Reading, is_from_machine AS IsFromMachine, is_multiple AS IsMultiple, value AS Value, value_key AS ValueKey,
            previous_value AS PreviousValue, previous_key AS PreviousKey, note AS Note, actor AS Actor, at AS At
        FROM field_reviews WHERE document_id = @DocumentId ORDER BY sequence
        """;

    private const string Delete = "DELETE FROM field_reviews WHERE document_id = @DocumentId";

    /// <inheritdoc />
    public Task AppendAsync(DocumentId id, FieldReview review, NewEvent happened, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, Row.Of(id, review), transaction, cancellationToken: ct));
            await EventRows.AppendAsync(transaction, [happened], review.At, ct);
            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task<ValueList<FieldReview>> ListAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Select, new { DocumentId = id.ToString() }, cancellationToken: ct));
        return rows.Select(static row => row.ToReview()).ToValueList();
    }

    /// <inheritdoc />
    public Task DeleteAsync(DocumentId id, CancellationToken ct) => database.WriteAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(Delete, new { DocumentId = id.ToString() }, cancellationToken: ct)), ct);

    private sealed record Row(
        string DocumentId, string Id, string FieldId, string Action, long AccountIndex, string? AccountNumber, string Reading, long IsFromMachine, long IsMultiple,
        string Value, string? ValueKey, string? PreviousValue, string? PreviousKey, string? Note, string Actor, string At)
    {
        public static Row Of(DocumentId document, FieldReview review) => new(
            document.ToString(), review.Id.ToString(), review.Field.ToString(), EnumText<ReviewAction>.Of(review.Action), review.Account.Index, review.Account.Number,
            JsonSerializer.Serialize(review.Reading, ExtractionJson.Default.ExtractedField), review.IsFromMachine ? 1 : 0, review.IsMultiple ? 1 : 0,
            review.Value.Value, review.Value.Key, review.PreviousValue?.Value, review.PreviousValue?.Key, review.Note, review.Actor, TimeText.Of(review.At));

        public FieldReview ToReview() => new(
            StrongId.Parse<ReviewId>(Id), StrongId.Parse<FieldId>(FieldId), EnumText<ReviewAction>.Parse(Action), new ReviewedAccountKey((int)AccountIndex, AccountNumber),
            JsonSerializer.Deserialize(Reading, ExtractionJson.Default.ExtractedField)!, IsFromMachine != 0, IsMultiple != 0, new FieldValue(Value, ValueKey),
            PreviousValue is null ? null : new FieldValue(PreviousValue, PreviousKey), Note, Actor, TimeText.Parse(At));
    }
}
