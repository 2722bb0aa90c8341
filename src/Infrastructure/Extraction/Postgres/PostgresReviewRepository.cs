using Dapper;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Extraction.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Extraction.Postgres;

/// <summary>The audit trail of reviews in the PostgreSQL database.</summary>
internal sealed class PostgresReviewRepository(PostgresDatabase database) : IReviewRepository
{
    /// <inheritdoc />
    public Task AppendAsync(DocumentId id, FieldReview review, NewEvent happened, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(ReviewRow.Insert, ReviewRow.Of(id, review));
            transaction.Append([happened]);
            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task<ValueList<FieldReview>> ListAsync(DocumentId id, CancellationToken ct)
    {
        var command = new CommandDefinition(ReviewRow.Select, new { DocumentId = id.ToString() }, cancellationToken: ct);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<ReviewRow>(command), ct);
        return rows.Select(static row => row.ToReview()).ToValueList();
    }

    /// <inheritdoc />
    public Task DeleteAsync(DocumentId id, CancellationToken ct) => database.WriteAsync(ReviewRow.Delete, new { DocumentId = id.ToString() }, ct);
}
