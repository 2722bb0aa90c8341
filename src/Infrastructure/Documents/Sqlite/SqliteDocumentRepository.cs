using System.Text;
using Dapper;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Documents.Sql;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Documents.Sqlite;

/// <summary>Documents in the SQLite database.</summary>
internal sealed class SqliteDocumentRepository(SqliteDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock)
    : IDocumentRepository
{
    private const string FindById = DocumentRow.Select + " WHERE id = @Id";

    private const string FindOfBatch = DocumentRow.Select + " WHERE batch_id = @Batch ORDER BY id";

    private const string FindTwin = """
        SELECT id FROM documents
        WHERE content_hash = @Hash AND requested_kind = @Kind AND schema_name IS @SchemaName AND status NOT IN (@Failed, @Cancelled)
        ORDER BY id LIMIT 1
        """;

    private const string Delete = "DELETE FROM documents WHERE id = @Id";

    /// <inheritdoc />
    public async Task AddAsync(ValueList<DocumentArrival> arrivals, CancellationToken ct)
    {
        await database.TryCommitAsync(
            async transaction =>
            {
                foreach (var arrival in arrivals)
                {
                    await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                        DocumentRow.Insert, DocumentRow.Of(arrival.Document), transaction, cancellationToken: ct));
                    await WorkItemRows.AddAsync(transaction, arrival.FirstWork, ct);
                    await EventRows.AppendAsync(transaction, arrival.Events, clock.GetUtcNow(), ct);
                }

                return true;
            },
            ct);
        RaiseFor(arrivals.Count);
    }

    /// <inheritdoc />
    public async Task<Document?> FindAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<DocumentRow>(
            new CommandDefinition(FindById, new { Id = id.ToString() }, cancellationToken: ct));
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
            .Append(query.Text is null ? "" : " AND instr(file_name_folded, @Text) > 0")
            .Append(query.Batch is null ? "" : " AND batch_id = @Batch")
            .Append(query.Before is null ? "" : " AND id < @Before")
            .Append(" ORDER BY id DESC LIMIT @Limit");
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<DocumentRow>(new CommandDefinition(
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
            cancellationToken: ct));
        return rows.Select(static row => row.ToDocument()).ToValueList();
    }

    /// <inheritdoc />
    public async Task<DocumentId?> FindTwinAsync(ContentHash hash, DocumentKind requestedKind, string? schemaName, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var id = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            FindTwin,
            new
            {
                Hash = hash.Value,
                Kind = EnumText<DocumentKind>.Of(requestedKind),
                SchemaName = schemaName,
                Failed = EnumText<DocumentStatus>.Of(DocumentStatus.Failed),
                Cancelled = EnumText<DocumentStatus>.Of(DocumentStatus.Cancelled),
            },
            cancellationToken: ct));
        return id is null ? null : StrongId.Parse<DocumentId>(id);
    }

    /// <inheritdoc />
    public async Task<Document?> SaveAsync(DocumentChange change, CancellationToken ct)
    {
        // What stops a document goes first: until then its calls cost money.
        var rank = change.DropsWork ? WriteRank.Urgent : WriteRank.Ordinary;
        if (!await database.TryCommitAsync(transaction => TrySaveAsync(transaction, change, ct), rank, ct))
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
        await using var connection = await database.OpenAsync(ct);
        return await ReadBatchAsync(connection, null, batch, ct);
    }

    /// <inheritdoc />
    public async Task<ValueList<Document>> UpdateAllAsync(BatchId batch, Func<Document, DocumentChange?> change, CancellationToken ct)
    {
        var changes = new List<DocumentChange>();
        await database.TryCommitAsync(
            async transaction =>
            {
                changes.Clear();
                foreach (var document in await ReadBatchAsync(transaction.Connection!, transaction, batch, ct))
                {
                    if (change(document) is { } wanted && await TrySaveAsync(transaction, wanted, ct))
                    {
                        changes.Add(wanted);
                    }
                }

                return true;
            },
            WriteRank.Urgent,
            ct);
        RaiseFor(changes.Count(static wanted => wanted.NextWork is not null));
        return changes.Select(Saved).ToValueList();
    }

    /// <inheritdoc />
    public Task HastenAsync(DocumentId id, CancellationToken ct) => database.WriteAsync(
        async connection =>
        {
            await WorkItemRows.HastenAsync(connection, id.ToString(), ct);
            return true;
        },
        ct);

    /// <inheritdoc />
    public Task<bool> DeleteAsync(DocumentId id, ValueList<NewEvent> events, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            var deleted = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                Delete, new { Id = id.ToString() }, transaction, cancellationToken: ct));
            if (deleted == 0)
            {
                return false;
            }

            await WorkItemRows.DropAsync(transaction, id.ToString(), ct);
            await EventRows.AppendAsync(transaction, events, clock.GetUtcNow(), ct);
            return true;
        },
        ct);

    private static Document Saved(DocumentChange change) => change.Document with { Version = change.Document.Version + 1 };

    private static async Task<ValueList<Document>> ReadBatchAsync(SqliteConnection connection, SqliteTransaction? transaction, BatchId batch, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<DocumentRow>(
            new CommandDefinition(FindOfBatch, new { Batch = batch.ToString() }, transaction, cancellationToken: ct));
        return rows.Select(static row => row.ToDocument()).ToValueList();
    }

    private async Task<bool> TrySaveAsync(SqliteTransaction transaction, DocumentChange change, CancellationToken ct)
    {
        var updated = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            DocumentRow.Update, DocumentRow.Of(change.Document), transaction, cancellationToken: ct));
        if (updated == 0 || (change.FinishedWork is { } finished && !await WorkItemRows.TryFinishAsync(transaction, finished, node, ct)))
        {
            return false;
        }

        if (change.DropsWork)
        {
            await WorkItemRows.DropAsync(transaction, change.Document.Id.ToString(), ct);
        }

        if (change.NextWork is not null)
        {
            await WorkItemRows.AddAsync(transaction, change.NextWork, ct);
        }

        foreach (var beside in change.WorkBeside)
        {
            await WorkItemRows.AddAsync(transaction, beside, ct);
        }

        await EventRows.AppendAsync(transaction, change.Events, clock.GetUtcNow(), ct);
        return true;
    }

    /// <summary>Wakes one worker for each new piece of work.</summary>
    private void RaiseFor(int items)
    {
        for (var item = 0; item < items; item++)
        {
            signal.Raise(WorkPools.Documents);
        }
    }
}
