using Dapper;
using Idp.Application.Kernel.Events;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Retrieval.Sql;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>Knowledge of documents in the PostgreSQL database.</summary>
internal sealed class PostgresKnowledgeRepository(PostgresDatabase database, ProcessIdentity node) : IKnowledgeRepository
{
    private const string LockDocument = "SELECT id FROM documents WHERE id = @Id FOR KEY SHARE";

    /// <inheritdoc />
    public async Task<DocumentKnowledge?> FindAsync(DocumentId id, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<KnowledgeRow>(new CommandDefinition(KnowledgeRow.Find, new { Id = id.ToString() }, cancellationToken: ct)), ct);
        return row?.ToKnowledge();
    }

    /// <inheritdoc />
    public Task<bool> SaveAsync(DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId? finishedWork, CancellationToken ct) => database.TryCommitAsync(
        transaction => SaveAsync(transaction, knowledge, events, finishedWork), ct);

    /// <inheritdoc />
    public Task<bool> HandOnAsync(
        DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId finishedWork, WorkItem nextWork, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            if (!await SaveAsync(transaction, knowledge, events, finishedWork))
            {
                return false;
            }

            await WorkItemRows.AddAsync(transaction, nextWork);
            return true;
        },
        ct);

    private async Task<bool> SaveAsync(PostgresTransaction transaction, DocumentKnowledge knowledge, IReadOnlyList<NewEvent> events, WorkItemId? finishedWork)
    {
        if (await transaction.ScalarAsync<string>(LockDocument, new { Id = knowledge.Id.ToString() }) is null
            || await transaction.ExecuteAsync(KnowledgeRow.Save, KnowledgeRow.Of(knowledge)) == 0
            || (finishedWork is { } work && !await WorkItemRows.TryFinishAsync(transaction, work, node)))
        {
            return false;
        }

        transaction.Append(events);
        return true;
    }
}
