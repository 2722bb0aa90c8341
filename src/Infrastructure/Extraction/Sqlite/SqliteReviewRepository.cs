using Dapper;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Extraction.Sql;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Extraction.Sqlite;

/// <summary>The audit trail of reviews in the SQLite database.</summary>
internal sealed class SqliteReviewRepository(SqliteDatabase database) : IReviewRepository
{
    /// <inheritdoc />
    public Task AppendAsync(DocumentId id, FieldReview review, NewEvent happened, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(ReviewRow.Insert, ReviewRow.Of(id, review), transaction, cancellationToken: ct));
            await EventRows.AppendAsync(transaction, [happened], review.At, ct);
            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task<ValueList<FieldReview>> ListAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<ReviewRow>(new CommandDefinition(ReviewRow.Select, new { DocumentId = id.ToString() }, cancellationToken: ct));
        return rows.Select(static row => row.ToReview()).ToValueList();
    }

    /// <inheritdoc />
    public Task DeleteAsync(DocumentId id, CancellationToken ct) => database.WriteAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(ReviewRow.Delete, new { DocumentId = id.ToString() }, cancellationToken: ct)), ct);
}
