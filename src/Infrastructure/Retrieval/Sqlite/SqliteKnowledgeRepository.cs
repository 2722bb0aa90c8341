using Dapper;
using Idp.Application.Kernel.Events;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Events.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Sqlite;
using Idp.Infrastructure.Retrieval.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Retrieval.Sqlite;

/// <summary>Knowledge of documents in the SQLite database.</summary>
internal sealed class SqliteKnowledgeRepository(SqliteDatabase database, ProcessIdentity node, WorkSignal signal, TimeProvider clock) : IKnowledgeRepository
{
    /// <inheritdoc />
    public async Task<DocumentKnowledge?> FindAsync(DocumentId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<KnowledgeRow>(new CommandDefinition(KnowledgeRow.Find, new { Id = id.ToString() }, cancellationToken: ct));
        return row?.ToKnowledge();
    }

    /// <inheritdoc />
    public Task<bool> SaveAsync(DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId? finishedWork, CancellationToken ct) => database.TryCommitAsync(
        transaction => SaveAsync(transaction, knowledge, events, finishedWork, ct), ct);

    /// <inheritdoc />
    public async Task<bool> HandOnAsync(DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId finishedWork, WorkItem nextWork, CancellationToken ct)
    {
        var isSaved = await database.TryCommitAsync(
            async transaction =>
            {
                if (!await SaveAsync(transaction, knowledge, events, finishedWork, ct))
                {
                    return false;
                }

                await WorkItemRows.AddAsync(transaction, nextWork, ct);
                return true;
            },
            ct);
        if (isSaved)
        {
            signal.Raise(nextWork.Pool);
        }

        return isSaved;
    }

    private async Task<bool> SaveAsync(
        SqliteTransaction transaction, DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId? finishedWork, CancellationToken ct)
    {
        if (await transaction.Connection!.ExecuteAsync(new CommandDefinition(KnowledgeRow.Save, KnowledgeRow.Of(knowledge), transaction, cancellationToken: ct)) == 0
            || (finishedWork is { } work && !await WorkItemRows.TryFinishAsync(transaction, work, node, ct)))
        {
            return false;
        }

        await EventRows.AppendAsync(transaction, events, clock.GetUtcNow(), ct);
        return true;
    }
}
