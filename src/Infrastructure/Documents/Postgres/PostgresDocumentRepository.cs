using System.Text;
using Dapper;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Documents.Sql;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;

namespace Idp.Infrastructure.Documents.Postgres;

/// <summary>Documents in the PostgreSQL database.</summary>
internal sealed class PostgresDocumentRepository(PostgresDatabase database, ProcessIdentity node, WorkSignal signal) : IDocumentRepository
{
    private const string FindById = DocumentRow.Select + " WHERE id = @Id";

    private const string FindOfBatch = DocumentRow.Select + " WHERE batch_id = @Batch ORDER BY id";

    private const string FindTwin = """
        SELECT id FROM documents
        WHERE content_hash = @Hash AND requested_kind = @Kind AND schema_name IS NOT DISTINCT FROM @SchemaName AND status <> ALL(@Ended)
        ORDER BY id LIMIT 1
        """;

    private const string Delete = "DELETE FROM documents WHERE id = @Id";

    private static readonly string[] Ended = [EnumText<DocumentStatus>.Of(DocumentStatus.Failed), EnumText<DocumentStatus>.Of(DocumentStatus.Cancelled)];

    /// <inheritdoc />
    public async Task AddAsync(ValueList<DocumentArrival> arrivals, CancellationToken ct)
    {
        await database.TryCommitAsync(
            async transaction =>
            {
                foreach (var arrival in arrivals)
                {
                    await transaction.ExecuteAsync(DocumentRow.Insert, DocumentRow.Of(arrival.Document));
                    await WorkItemRows.AddAsync(transaction, arrival.FirstWork);
                    transaction.Append(arrival.Events);
                }

                return true;
            },
            ct);
        RaiseFor(arrivals.Count);
    }

    /// <inheritdoc />
    public async Task<Document?> FindAsync(DocumentId id, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<DocumentRow>(new CommandDefinition(FindById, new { Id = id.ToString() }, cancellationToken: ct)), ct);
        return row?.ToDocument();
    }

    /// <inheritdoc />
    public async Task<ValueList<Document>> ListAsync(DocumentQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, DocumentQuery.MaximumLimit);
        var sql = new StringBuilder(DocumentRow.Select)
            .Append(" WHERE true")
            .Append(query.Status is null ? "" : " AND status = @Status")
            .Append(query.Kind is null ? "" : " AND kind = @Kind")
            .Append(query.Text is null ? "" : " AND strpos(file_name_folded, @Text) > 0")
            .Append(query.Batch is null ? "" : " AND batch_id = @Batch")
            .Append(query.Before is null ? "" : " AND id < @Before")
            .Append(" ORDER BY id DESC LIMIT @Limit");
        var command = new CommandDefinition(
            sql.ToString(),
            new
            {
                Status = query.Status is { } status ? EnumText<DocumentStatus>.Of(status) : null,
                Kind = query.Kind is { } kind ? EnumText<DocumentKind>.Of(kind) : null,
                Text = query.Text is { } text ? DocumentRow.Fold(text) : null,
                Batch = query.Batch?.ToString(),
                Before = query.Before?.ToString(),
                query.Limit,
            },
            cancellationToken: ct);
        var rows = await database.ReadAsync(connection => connection.QueryAsync<DocumentRow>(command), ct);
        return rows.Select(static row => row.ToDocument()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<DocumentId?> FindTwinAsync(ContentHash hash, DocumentKind requestedKind, string? schemaName, CancellationToken ct)
    {
        var twin = new { Hash = hash.Value, Kind = EnumText<DocumentKind>.Of(requestedKind), SchemaName = schemaName, Ended };
        var id = await database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>(new CommandDefinition(FindTwin, twin, cancellationToken: ct)), ct);
        return id is null ? null : StrongId.Parse<DocumentId>(id);
    }

    /// <inheritdoc />
    public async Task<Document?> SaveAsync(DocumentChange change, CancellationToken ct)
    {
        if (!await database.TryCommitAsync(transaction => TrySaveAsync(transaction, change), ct))
        {
            return null;
        }

        if (change.NextWork is { } next)
        {
            signal.Raise(next.Pool);
        }

        foreach (var beside in change.WorkBeside)
        {
            signal.Raise(beside.Pool);
        }

        return Saved(change);
    }

    /// <inheritdoc />
    public async Task<ValueList<Document>> ListOfBatchAsync(BatchId batch, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<DocumentRow>(new CommandDefinition(FindOfBatch, new { Batch = batch.ToString() }, cancellationToken: ct)), ct);
        return rows.Select(static row => row.ToDocument()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<ValueList<Document>> UpdateAllAsync(BatchId batch, Func<Document, DocumentChange?> change, CancellationToken ct)
    {
        var changes = new List<DocumentChange>();
        await database.TryCommitAsync(
            async transaction =>
            {
                changes.Clear();

                // Locked, so that what is decided from a document still holds when it is written; in the order of ids, as everyone locks several.
                foreach (var row in (await transaction.QueryAsync<DocumentRow>(FindOfBatch + " FOR UPDATE", new { Batch = batch.ToString() })).ToList())
                {
                    if (change(row.ToDocument()) is { } wanted && await TrySaveAsync(transaction, wanted))
                    {
                        changes.Add(wanted);
                    }
                }

                return true;
            },
            ct);
        RaiseFor(changes.Count(static wanted => wanted.NextWork is not null));
        return changes.Select(Saved).ToValueList();
    }

    /// <inheritdoc />
    public Task HastenAsync(DocumentId id, CancellationToken ct) => WorkItemRows.HastenAsync(database, id.ToString(), ct);

    /// <inheritdoc />
    public Task<bool> DeleteAsync(DocumentId id, ValueList<NewEvent> events, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            if (await transaction.ExecuteAsync(Delete, new { Id = id.ToString() }) == 0)
            {
                return false;
            }

            await WorkItemRows.DropAsync(transaction, id.ToString());
            transaction.Append(events);
            return true;
        },
        ct);

    private static Document Saved(DocumentChange change) => change.Document with { Version = change.Document.Version + 1 };

    private async Task<bool> TrySaveAsync(PostgresTransaction transaction, DocumentChange change)
    {
        var updated = await transaction.ExecuteAsync(DocumentRow.Update, DocumentRow.Of(change.Document));
        if (updated == 0 || (change.FinishedWork is { } finished && !await WorkItemRows.TryFinishAsync(transaction, finished, node)))
        {
            return false;
        }

        if (change.DropsWork)
        {
            await WorkItemRows.DropAsync(transaction, change.Document.Id.ToString());
        }

        if (change.NextWork is not null)
        {
            await WorkItemRows.AddAsync(transaction, change.NextWork);
        }

        foreach (var beside in change.WorkBeside)
        {
            await WorkItemRows.AddAsync(transaction, beside);
        }

        transaction.Append(change.Events);
        return true;
    }

    /// <summary>Wakes one worker of this process for each new piece of work; those of other nodes are told by the database.</summary>
    private void RaiseFor(int items)
    {
        for (var item = 0; item < items; item++)
        {
            signal.Raise(WorkPools.Documents);
        }
    }
}
