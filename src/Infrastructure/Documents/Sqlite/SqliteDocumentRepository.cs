using System.Text;
using Dapper;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;

namespace Idp.Infrastructure.Documents.Sqlite;

/// <summary>Documents in the SQLite database.</summary>
internal sealed class SqliteDocumentRepository(SqliteDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock)
    : IDocumentRepository
{
    private const string FindById = DocumentRow.Select + " WHERE id = @Id";

    private const string FindTwin = """
        SELECT id FROM documents
        WHERE content_hash = @Hash AND requested_kind = @Kind AND schema_name IS @SchemaName AND status NOT IN (@Failed, @Cancelled)
        ORDER BY id LIMIT 1
        """;

    private const string Delete = "DELETE FROM documents WHERE id = @Id";

    /// <inheritdoc />
    public async Task AddAsync(Document document, WorkItem firstWork, ValueList<NewEvent> events, CancellationToken ct)
    {
        await database.TryCommitAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    DocumentRow.Insert, DocumentRow.Of(document), transaction, cancellationToken: ct));
                await WorkItemRows.AddAsync(transaction, firstWork, ct);
                await EventRows.AppendAsync(transaction, events, clock.GetUtcNow(), ct);
                return true;
            },
            ct);
        signal.Raise();
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
        var document = change.Document;
        var saved = await database.TryCommitAsync(
            async transaction =>
            {
                var updated = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    DocumentRow.Update, DocumentRow.Of(document), transaction, cancellationToken: ct));
                if (updated == 0
                    || (change.FinishedWork is { } finished && !await WorkItemRows.TryFinishAsync(transaction, finished, node, ct)))
                {
                    return false;
                }

                if (change.DropsWork)
                {
                    await WorkItemRows.DropAsync(transaction, document.Id.ToString(), ct);
                }

                if (change.NextWork is not null)
                {
                    await WorkItemRows.AddAsync(transaction, change.NextWork, ct);
                }

                await EventRows.AppendAsync(transaction, change.Events, clock.GetUtcNow(), ct);
                return true;
            },
            ct);
        if (saved && change.NextWork is not null)
        {
            signal.Raise();
        }

        return saved ? document with { Version = document.Version + 1 } : null;
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
}
