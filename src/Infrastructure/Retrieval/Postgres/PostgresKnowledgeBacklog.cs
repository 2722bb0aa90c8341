using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Idp.Infrastructure.Retrieval.Sql;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>Documents without knowledge in the PostgreSQL database. Nodes take turns by a lock, so that what one adds the next one sees.</summary>
internal sealed class PostgresKnowledgeBacklog(PostgresDatabase database) : IKnowledgeBacklog
{
    /// <inheritdoc />
    public async Task<BacklogPortion> AddWorkAsync(KnowledgeNeed need, DocumentId? before, int mostWaiting, Func<DocumentId, WorkItem> workFor, CancellationToken ct)
    {
        var portion = new BacklogPortion([], IsLast: false);
        await database.TryCommitAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(AdvisoryLock.Take, new { Lock = AdvisoryLock.KnowledgeBacklog });
                var room = mostWaiting - await transaction.ScalarAsync<int>(BacklogSql.CountWork);
                if (room <= 0)
                {
                    return false;
                }

                var ids = await transaction.QueryAsync<string>(BacklogSql.List, BacklogSql.Parameters(need, before, room));
                var documents = ids.Select(StrongId.Parse<DocumentId>).ToValueList();
                portion = new BacklogPortion(documents, documents.Count < room);
                if (documents.Count == 0)
                {
                    return false;
                }

                await WorkItemRows.AddAllAsync(transaction, [.. documents.Select(workFor)]);
                return true;
            },
            ct);
        return portion;
    }

    /// <inheritdoc />
    public Task<KnowledgeCounts> CountAsync(KnowledgeNeed need, CancellationToken ct) => database.ReadAsync(
        async connection => (await connection.QuerySingleAsync<BacklogCountRow>(new CommandDefinition(BacklogSql.Count, BacklogSql.Parameters(need), cancellationToken: ct))).ToCounts(), ct);
}
