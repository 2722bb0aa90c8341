using System.Text;
using Dapper;
using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Batches.Sql;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;

namespace Idp.Infrastructure.Batches.Sqlite;

/// <summary>Batches in the SQLite database.</summary>
internal sealed class SqliteBatchRepository(SqliteDatabase database, TimeProvider clock) : IBatchRepository
{
    private const string FindById = BatchRow.Select + " WHERE id = @Id";

    private const string ListUnfinished = "SELECT id FROM batches WHERE status = @Status ORDER BY id";

    /// <inheritdoc />
    public Task AddAsync(Batch batch, ValueList<BatchFile> files, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            var connection = transaction.Connection!;
            await connection.ExecuteAsync(new CommandDefinition(BatchRow.Insert, BatchRow.Of(batch), transaction, cancellationToken: ct));
            for (var position = 0; position < files.Count; position++)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    BatchFileRow.Insert, BatchFileRow.Of(batch.Id, position, files[position]), transaction, cancellationToken: ct));
            }

            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task<Batch?> FindAsync(BatchId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<BatchRow>(new CommandDefinition(FindById, new { Id = id.ToString() }, cancellationToken: ct));
        return row?.ToBatch();
    }

    /// <inheritdoc />
    public async Task<ValueList<BatchFile>> FilesOfAsync(BatchId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<BatchFileRow>(new CommandDefinition(BatchFileRow.SelectOfBatch, new { Id = id.ToString() }, cancellationToken: ct));
        return rows.Select(static row => row.ToFile()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<ValueList<Batch>> ListAsync(BatchQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, BatchQuery.MaximumLimit);
        var sql = new StringBuilder(BatchRow.Select)
            .Append(" WHERE true")
            .Append(query.Status is null ? "" : " AND status = @Status")
            .Append(query.Before is null ? "" : " AND id < @Before")
            .Append(" ORDER BY id DESC LIMIT @Limit");
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<BatchRow>(new CommandDefinition(
            sql.ToString(),
            new { Status = query.Status is { } status ? EnumText<BatchStatus>.Of(status) : null, Before = query.Before?.ToString(), query.Limit },
            cancellationToken: ct));
        return rows.Select(static row => row.ToBatch()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<ValueList<BatchId>> ListUnfinishedAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var ids = await connection.QueryAsync<string>(new CommandDefinition(
            ListUnfinished, new { Status = EnumText<BatchStatus>.Of(BatchStatus.Processing) }, cancellationToken: ct));
        return ids.Select(StrongId.Parse<BatchId>).ToValueList();
    }

    /// <inheritdoc />
    public async Task<Batch?> SaveAsync(Batch batch, ValueList<NewEvent> events, CancellationToken ct)
    {
        var saved = await database.TryCommitAsync(
            async transaction =>
            {
                var updated = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    BatchRow.Update, BatchRow.Of(batch), transaction, cancellationToken: ct));
                if (updated > 0)
                {
                    await EventRows.AppendAsync(transaction, events, clock.GetUtcNow(), ct);
                }

                return updated > 0;
            },
            ct);
        return saved ? batch with { Version = batch.Version + 1 } : null;
    }
}
