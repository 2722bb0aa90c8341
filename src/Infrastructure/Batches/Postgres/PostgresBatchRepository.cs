using System.Text;
using Dapper;
using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Batches.Sql;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;

namespace Idp.Infrastructure.Batches.Postgres;

/// <summary>Batches in the PostgreSQL database.</summary>
internal sealed class PostgresBatchRepository(PostgresDatabase database) : IBatchRepository
{
    private const string FindById = BatchRow.Select + " WHERE id = @Id";

    private const string ListUnfinished = "SELECT id FROM batches WHERE status = @Status ORDER BY id";

    /// <inheritdoc />
    public Task AddAsync(Batch batch, ValueList<BatchFile> files, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(BatchRow.Insert, BatchRow.Of(batch));
            for (var position = 0; position < files.Count; position++)
            {
                await transaction.ExecuteAsync(BatchFileRow.Insert, BatchFileRow.Of(batch.Id, position, files[position]));
            }

            return true;
        },
        ct);

    /// <inheritdoc />
    public async Task<Batch?> FindAsync(BatchId id, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<BatchRow>(new CommandDefinition(FindById, new { Id = id.ToString() }, cancellationToken: ct)), ct);
        return row?.ToBatch();
    }

    /// <inheritdoc />
    public async Task<ValueList<BatchFile>> FilesOfAsync(BatchId id, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<BatchFileRow>(new CommandDefinition(BatchFileRow.SelectOfBatch, new { Id = id.ToString() }, cancellationToken: ct)), ct);
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
        var command = new CommandDefinition(
            sql.ToString(),
            new { Status = query.Status is { } status ? EnumText<BatchStatus>.Of(status) : null, Before = query.Before?.ToString(), query.Limit },
            cancellationToken: ct);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<BatchRow>(command), ct);
        return rows.Select(static row => row.ToBatch()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<ValueList<BatchId>> ListUnfinishedAsync(CancellationToken ct)
    {
        var command = new CommandDefinition(ListUnfinished, new { Status = EnumText<BatchStatus>.Of(BatchStatus.Processing) }, cancellationToken: ct);
        var ids = await database.ReadAsync(connection => connection.QueryAsync<string>(command), ct);
        return ids.Select(StrongId.Parse<BatchId>).ToValueList();
    }

    /// <inheritdoc />
    public async Task<Batch?> SaveAsync(Batch batch, ValueList<NewEvent> events, CancellationToken ct)
    {
        var saved = await database.TryCommitAsync(
            async transaction =>
            {
                if (await transaction.ExecuteAsync(BatchRow.Update, BatchRow.Of(batch)) == 0)
                {
                    return false;
                }

                transaction.Append(events);
                return true;
            },
            ct);
        return saved ? batch with { Version = batch.Version + 1 } : null;
    }
}
